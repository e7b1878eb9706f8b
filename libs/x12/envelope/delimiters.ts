/** The four separators of one interchange. X12 has no escape, so none of them may occur in any value. */
export interface Delimiters {
  readonly element: string;
  readonly repetition: string;
  readonly component: string;
  readonly segment: string;
}

export const USUAL_DELIMITERS: Delimiters = { element: '*', repetition: '^', component: ':', segment: '~' };

/** Punctuation that no number or date needs, and the four information separators of ASCII. */
const SEPARATORS = new Set('!"#$%&\'()*+,/:;<=>?@[\\]^_`{|}~\x1c\x1d\x1e\x1f');

/** Whether four characters can be told apart from data and from each other. */
export const areUsable = (delimiters: Delimiters): boolean => {
  const { element, repetition, component, segment } = delimiters;
  return (
    [element, repetition, component].every((character) => SEPARATORS.has(character)) &&
    (SEPARATORS.has(segment) || segment === '\r' || segment === '\n') &&
    new Set([element, repetition, component, segment]).size === 4
  );
};
