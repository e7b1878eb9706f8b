import { readFileSync, writeFileSync } from 'node:fs';
import { openApiDocument } from '#libs/contracts';

const text = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** `openapi`: prints the document. `openapi <file>`: writes it. `openapi --check <file>`: fails unless the file is it. */
const run = (words: readonly string[]): number => {
  const [first, second] = words;
  if (first === undefined) {
    process.stdout.write(text());
    return 0;
  }
  if (first !== '--check') {
    writeFileSync(first, text());
    return 0;
  }
  if (second === undefined) {
    process.stderr.write('openapi --check <file>\n');
    return 2;
  }
  if (read(second) === text()) return 0;
  process.stderr.write(`${second} is not what the contracts say; run: npm run openapi\n`);
  return 1;
};

process.exitCode = run(process.argv.slice(2));
