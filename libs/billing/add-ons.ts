const EVALUATION_AND_MANAGEMENT = /^99(20[2-5]|21[1-5]|22[1-3]|23[1-9]|24[1-5]|25[2-5]|30[4-9]|310|34[1-9]|350)$/;
const PSYCHOTHERAPY = /^9083[247]$/;

/** Codes that are never billed alone, each with the codes of which one must stand on the same day. */
const ADD_ONS: ReadonlyMap<string, RegExp> = new Map([
  ['90785', /^(9079[12]|9083[234678]|90853)$/],
  ['90833', EVALUATION_AND_MANAGEMENT],
  ['90836', EVALUATION_AND_MANAGEMENT],
  ['90838', EVALUATION_AND_MANAGEMENT],
  ['90840', /^90839$/],
  ['90863', PSYCHOTHERAPY],
  ['96113', /^96112$/],
  ['96121', /^96116$/],
  ['96131', /^96130$/],
  ['96133', /^96132$/],
  ['96137', /^96136$/],
  ['96139', /^96138$/],
  ['96159', /^96158$/],
  ['96165', /^96164$/],
  ['96168', /^96167$/],
  ['96171', /^96170$/],
  ['99417', /^99(205|215|245|345|350)$/],
]);

/** Whether one of the codes billed on a day carries an add-on code; true for a code that needs none. */
export const hasPrimary = (code: string, sameDay: readonly string[]): boolean => {
  const primaries = ADD_ONS.get(code);
  return primaries === undefined || sameDay.some((other) => primaries.test(other));
};
