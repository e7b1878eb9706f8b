import { readFileSync, writeFileSync } from 'node:fs';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/**
 * A file of the documentation that comes from the contracts. No word prints it; `<file>` writes it; `--check <file>` fails
 * unless the file is it. Gives the exit code.
 */
export const generatedFile = (text: string, script: string, words: readonly string[]): number => {
  const [first, second] = words;
  if (first === undefined) {
    process.stdout.write(text);
    return 0;
  }
  if (first !== '--check') {
    writeFileSync(first, text);
    return 0;
  }
  if (second === undefined) {
    process.stderr.write(`${script} --check <file>\n`);
    return 2;
  }
  if (read(second) === text) return 0;
  process.stderr.write(`${second} is not what the contracts say; run: npm run ${script}\n`);
  return 1;
};
