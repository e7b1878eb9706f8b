const ofPractice = (value: string): string => `(SELECT ${value} FROM practice p WHERE p.practice_id = $1)`;

/** Today in the zone of the practice, which is the first parameter of the statement. */
export const TODAY = ofPractice('(now() AT TIME ZONE p.time_zone)::date');

/** The day of an instant in the practice's zone. */
export const dayOf = (instant: string): string => `(${instant} AT TIME ZONE ${ofPractice('p.time_zone')})::date`;

/** The instant at which a day begins in the practice's zone. */
export const startOf = (day: string): string => ofPractice(`(${day})::timestamp AT TIME ZONE p.time_zone`);
