import { describe, expect, it } from 'vitest';
import { documentIn } from './document-file.js';

describe('a document in a file', () => {
  it('is an invoice or a report by what only one of them has', () => {
    expect(documentIn('{"lines":[]}', 'a.json')).toMatchObject({ ok: true, value: { kind: 'invoice' } });
    expect(documentIn('{"attestedOn":"2026-11-01"}', 'a.json')).toMatchObject({
      ok: true,
      value: { kind: 'treatment-report' },
    });
  });

  it.each([
    ['{', 'cli.not-json'],
    ['[]', 'cli.not-a-document'],
    ['null', 'cli.not-a-document'],
    ['{"memberId":"secret"}', 'cli.not-a-document'],
  ])('is refused without a word of what it holds: %s', (json, code) => {
    const read = documentIn(json, 'a.json');
    expect(read).toMatchObject({ ok: false, issues: [{ code, path: 'a.json' }] });
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});
