export type Measure = (text: string) => number;

/** As much of a word as fits, at least one character. */
const fitting = (word: string, width: number, measure: Measure): number => {
  let end = 1;
  while (end < word.length && measure(word.slice(0, end + 1)) <= width) end += 1;
  return end;
};

const wrapParagraph = (paragraph: string, width: number, measure: Measure): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const whole of paragraph.split(/ +/)) {
    let word = whole;
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    while (measure(word) > width && word.length > 1) {
      const end = fitting(word, width, measure);
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = word;
  }
  return line === '' ? lines : [...lines, line];
};

/** Breaks a text into lines of a width, at line breaks, else between words, else within a word that is too long. Empty lines go. */
export const wrap = (text: string, width: number, measure: Measure): readonly string[] =>
  text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph.trim(), width, measure));
