// Copies the files of the story into a directory, with days counted from today in place of {{-12}} and {{+300}}.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [to] = process.argv.slice(2);
const from = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const day = (offset) => new Date(Date.now() + Number(offset) * 86_400_000).toISOString().slice(0, 10);

mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((one) => /\.(csv|jsonl?|pdf)$/.test(one)))
  writeFileSync(
    join(to, name),
    readFileSync(join(from, name), 'utf8').replaceAll(/\{\{([+-]\d+)\}\}/g, (_, days) => day(days)),
  );
