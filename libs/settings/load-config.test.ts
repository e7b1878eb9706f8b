import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from './index.js';

const ceiling = z.strictObject({ jurisdiction: z.string(), fields: z.array(z.enum(['service.date', 'fee'])) });
const notice = z.strictObject({ text: z.string().max(20) });

let root: string;
const write = async (path: string, content: string): Promise<void> => {
  await writeFile(join(root, 'config', path), content);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sluice-config-'));
  await mkdir(join(root, 'config', 'ceilings', 'drafts'), { recursive: true });
  await mkdir(join(root, 'config', 'notices'));
});
afterEach(() => rm(root, { recursive: true }));

describe('the data of an installation', () => {
  it('is read by directory, in order of name, each file under its own', async () => {
    await write('ceilings/nj.json', '{"jurisdiction":"NJ","fields":["fee"]}');
    await write('ceilings/dc.json', '{"jurisdiction":"DC","fields":[]}');
    await write('ceilings/README.md', 'for people');
    await write('notices/part2.json', '{"text":"notice"}');
    const config = await loadConfig(root, { ceilings: ceiling, notices: notice });
    expect(config).toEqual({
      ok: true,
      value: {
        ceilings: [
          { name: 'dc', content: { jurisdiction: 'DC', fields: [] } },
          { name: 'nj', content: { jurisdiction: 'NJ', fields: ['fee'] } },
        ],
        notices: [{ name: 'part2', content: { text: 'notice' } }],
      },
    });
  });

  it('is refused with every fault in every file, by place and never by content', async () => {
    await write('ceilings/a.json', '{"jurisdiction":"Quill","fields":["fee","diagnosis-of-Quill"]}');
    await write('ceilings/b.json', '{"jurisdiction":7,"fields":[],"a/b":"Quill"}');
    await write('ceilings/c.json', '{"jurisdiction": Quill}');
    await write('ceilings/d.yaml', 'Quill');
    await write('notices/e.json', '{"text":"Quill Quill Quill Quill Quill"}');
    const config = await loadConfig(root, { ceilings: ceiling, notices: notice, presets: notice });
    expect(config.ok ? [] : config.issues.map((found) => `${found.code} ${found.path}`)).toEqual([
      'config.invalid-value config/ceilings/a.json#/fields/1',
      'config.invalid-type config/ceilings/b.json#/jurisdiction',
      'config.unrecognized-keys config/ceilings/b.json#/a~1b',
      'config.not-json config/ceilings/c.json',
      'config.unexpected-file config/ceilings/d.yaml',
      'config.too-big config/notices/e.json#/text',
      'config.directory-missing config/presets',
    ]);
    expect(JSON.stringify(config)).not.toContain('Quill');
  });
});
