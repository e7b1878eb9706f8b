import { catalogue } from './language.js';

const CODES: Readonly<Record<string, string>> = {
  required: 'Fill this in.',
  wrong_format: 'This is not written as it must be.',
  wrong_type: 'This is not written as it must be.',
  too_big: 'Too long, or too much.',
  too_small: 'Too short, or too little.',
  not_allowed: 'Choose one of the list.',
  invalid: 'This cannot be right.',
  invalid_id: 'Choose one of the list.',
  date_out_of_range: 'There is no such day in this range.',
  unknown_reference: 'There is no such client, coverage or clinician, or not for you.',
  not_money: 'An amount such as 140.00.',
};

/** What the gateway finds wrong at a place, said to whoever fills in a form. */
export const fieldWords = catalogue({
  en: {
    codes: CODES,
    other: (code: string, rule: string | undefined) => (rule === undefined ? code : `${code}: ${rule}`),
    elsewhere: 'Also to be put right',
  },
});
