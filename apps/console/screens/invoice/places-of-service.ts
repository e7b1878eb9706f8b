/** Places where psychotherapy is billed from, as CMS numbers them. Any other two digits can be typed in. */
export const PLACES_OF_SERVICE: readonly (readonly [code: string, name: string])[] = [
  ['11', 'Office'],
  ['10', 'Telehealth, client at home'],
  ['02', 'Telehealth, client elsewhere'],
  ['12', 'Home'],
  ['03', 'School'],
  ['13', 'Assisted living facility'],
  ['22', 'Hospital, on-campus outpatient'],
  ['49', 'Independent clinic'],
  ['50', 'Federally qualified health center'],
  ['53', 'Community mental health center'],
  ['72', 'Rural health clinic'],
  ['99', 'Other place of service'],
];
