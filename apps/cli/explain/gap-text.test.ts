import { describe, expect, it } from 'vitest';
import type { Explanation } from '#libs/contracts';
import { gapText } from './gap-text.js';

const reason = (code: string, sentence: string) => ({
  code,
  sentence,
  source: 'ceiling:us-nj-45-14b-32',
  revision: '1',
});
const law = reason('ceiling:us-nj-45-14b-32', 'The law does not let it go (us-nj-45-14b-32).');

const explained: Omit<Explanation, 'disclosure' | 'decidedAt'> = {
  format: 'treatment-report',
  formatRevision: '1+cobalt-otr@2026-01',
  purpose: 'COVAUTH',
  insurer: { id: '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01', name: 'Cobalt Valley HMO' },
  outcome: 'hold',
  rows: [
    {
      locus: { field: 'client.name.first' },
      label: 'First name',
      effect: 'goes',
      marker: false,
      reasons: [reason('granted', 'The release grants it.')],
    },
    {
      locus: { field: 'reason.continuing' },
      label: 'Reason for continuing',
      effect: 'changed',
      form: 'functioning.level',
      outgoing: { masked: false, value: 'severe' },
      marker: false,
      reasons: [reason('granted', 'The release grants it.'), law],
    },
    {
      locus: { field: 'risk.suicide' },
      label: 'Risk',
      effect: 'withheld',
      marker: true,
      source: { masked: true },
      reasons: [law],
    },
    {
      locus: { field: 'client.phone' },
      label: 'Telephone',
      effect: 'withheld',
      marker: false,
      reasons: [reason('not_asked', 'The form does not ask for it.')],
    },
  ],
  gaps: [
    {
      locus: { field: 'plan.goals' },
      label: 'Goals',
      position: 'plan/goals',
      code: 'transport_requires:plan.goals',
      cause: 'missing',
      curer: 'chart',
      sentence: 'It is not there.',
      reasons: [],
      choices: [],
    },
    {
      code: 'ambiguous_releases',
      cause: 'ambiguous_releases',
      curer: 'practice',
      sentence: 'Two releases apply.',
      reasons: [],
      choices: [],
    },
  ],
  enclosures: ['dc-redisclosure'],
  counts: { goes: 1, changed: 1, withheld: 2, missing: 0, gaps: 2 },
  releases: [{ id: '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a02', revision: 3 }],
  rulesetDigest: 'x',
  nextStep: 'The clinician must complete the chart.',
  choices: ['use-markers', 'keep-holding'],
  warnings: [],
};

describe('the explanation', () => {
  const lines = gapText(explained);

  it('begins with insurer, form and release, and the counts', () => {
    expect(lines[0]).toBe(
      'Cobalt Valley HMO · treatment-report 1+cobalt-otr@2026-01 · release 6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a02 revision 3',
    );
    expect(lines[1]).toBe('  Held. 1 go, 1 change, 2 stay, 2 gaps (1 of them not asked for).');
  });

  it('says of each gap where it is needed, why it is one, and who can cure it', () => {
    expect(lines[2]).toBe(
      '  GAP       plan.goals          needed at plan/goals · It is not there. · the clinician can cure it, in the chart',
    );
    expect(lines[3]).toContain('the whole document  Two releases apply. · the practice can cure it');
  });

  it('says of a change what goes instead, and the ground against the field itself', () => {
    expect(lines[4]).toBe(
      '  CHANGE    reason.continuing   goes as functioning.level "severe" · The law does not let it go (us-nj-45-14b-32).',
    );
  });

  it('says what stays, with its marker, and leaves out what goes and what nobody asked for', () => {
    expect(lines[5]).toBe(
      '  WITHHELD  risk.suicide        The law does not let it go (us-nj-45-14b-32). · a marker stands in its place',
    );
    const text = lines.join('\n');
    expect(text).not.toContain('client.name.first');
    expect(text).not.toContain('client.phone');
  });

  it('ends with what travels along, what can be done, and the next step', () => {
    expect(lines.slice(-3)).toEqual([
      '  Travels along: dc-redisclosure',
      '  Choices: send with “withheld by client authorization” in its place · keep holding',
      '  Next: The clinician must complete the chart.',
    ]);
  });

  it('says what the edits would have a person look at', () => {
    const warnings = [
      { code: 'filing_deadline_near', path: '/lines/0/date', severity: 'warning', fix: 'Send it now.' } as const,
    ];
    expect(gapText({ ...explained, warnings })).toContain(
      '  Warning filing_deadline_near /lines/0/date · Send it now.',
    );
    expect(lines.join('\n')).not.toContain('Warning');
  });

  it('says once what is the same for several lines, and nothing twice', () => {
    const ungranted = reason('field_not_granted', 'The release does not grant it.');
    const at = (occurrence: string) => ({ field: 'procedure.code' as const, occurrence });
    const gap = (occurrence: string): Explanation['gaps'][number] => ({
      locus: at(occurrence),
      position: '2400/SV101-2',
      code: 'transport_requires:procedure.code',
      cause: 'field_not_granted',
      curer: 'client',
      sentence: ungranted.sentence,
      reasons: [],
      choices: [],
    });
    const withheld = (occurrence: string): Explanation['rows'][number] => ({
      locus: at(occurrence),
      label: 'Procedure',
      effect: 'withheld',
      marker: false,
      reasons: [ungranted],
    });
    const rows = [withheld('L1'), withheld('L2')];
    const twice = gapText({ ...explained, rows, gaps: [gap('L1'), gap('L2')] }).filter((line) =>
      line.includes('procedure.code'),
    );
    expect(twice).toEqual([
      '  GAP       procedure.code L1, L2  needed at 2400/SV101-2 · The release does not grant it. · the client can cure it, with an amended release',
    ]);
    const whole: Explanation['gaps'] = [
      { code: 'expired', cause: 'expired', curer: 'client', sentence: ungranted.sentence, reasons: [], choices: [] },
    ];
    expect(gapText({ ...explained, rows, gaps: whole }).join('\n')).not.toContain('procedure.code');
  });

  it('does not show what the reader may not see', () => {
    const masked = gapText({
      ...explained,
      rows: explained.rows.map((row) =>
        row.effect === 'changed' ? { ...row, outgoing: { masked: true as const } } : row,
      ),
    });
    expect(masked.join('\n')).toContain('functioning.level (not shown to your role)');
    expect(masked.join('\n')).not.toContain('severe');
  });
});
