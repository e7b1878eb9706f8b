/** Where two values of the wire differ, by JSON pointer; what is not there is empty. */
export interface Difference {
  readonly place: string;
  readonly theirs: string;
  readonly yours: string;
}

const flat = (value: unknown, place = ''): readonly (readonly [string, string])[] => {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object') {
    const simple = Array.isArray(value) && value.every((one) => typeof one !== 'object');
    if (simple) return [[place, value.join(', ')]];
    return Object.entries(value).flatMap(([name, part]) => flat(part, `${place}/${name}`));
  }
  return [[place, typeof value === 'string' ? value : JSON.stringify(value)]];
};

export const differencesOf = (theirs: unknown, yours: unknown): readonly Difference[] => {
  const left = new Map(flat(theirs));
  const right = new Map(flat(yours));
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((place) => ({ place, theirs: left.get(place) ?? '', yours: right.get(place) ?? '' }))
    .filter((one) => one.theirs !== one.yours);
};
