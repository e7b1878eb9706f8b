export interface Segment {
  readonly id: string;
  readonly elements: readonly string[];
}

/** The fixed length of ISA, whose last place is the segment terminator. */
const ISA_LENGTH = 106;

/** An interchange segment by segment, by the delimiters that it declares itself; undefined where it is none. */
export const segmentsOf = (text: string): readonly Segment[] | undefined => {
  if (!text.startsWith('ISA') || text.length < ISA_LENGTH) return undefined;
  const [separator, terminator] = [text.charAt(3), text.charAt(ISA_LENGTH - 1)];
  return text
    .split(terminator)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [id = '', ...elements] = one.split(separator);
      return { id, elements };
    });
};
