import { describe, expect, it } from 'vitest';
import type { DisclosureRow } from '#libs/contracts';
import { disclosureWords } from './disclosure-words.js';
import { phoneText } from './phone-text.js';
import type { Gap, Shown } from './row-state.js';

const row = (label: string, effect: DisclosureRow['effect'], value: string): DisclosureRow => ({
  locus: { field: 'client.name.last' },
  ...{ label, effect, marker: false, reasons: [] },
  ...{ source: { masked: false, value }, outgoing: { masked: false, value } },
});

const gap = (label: string, cause: string): Gap => ({
  ...{ label, code: 'required', cause, curer: 'client' as const, sentence: 'It is needed.', reasons: [], choices: [] },
});

const view: Shown = {
  ...{ format: 'treatment-report', purpose: 'COVAUTH', insurer: { id: 'i', name: 'Harbor' }, outcome: 'send' },
  rows: [row('Last name', 'goes', 'Ada'), row('Reason', 'changed', 'SECRET'), row('Trauma', 'withheld', 'SECRET')],
  gaps: [gap('Medication', 'field_not_granted'), gap('Risk', 'ceiling:nj'), gap('Goals', 'missing')],
  counts: { goes: 1, changed: 1, withheld: 1, missing: 0, gaps: 3 },
  ...{ enclosures: [], releases: [], rulesetDigest: 'd', nextStep: 'Wait.', choices: [], warnings: [] },
};

const about = { words: disclosureWords.en.phone, document: 'treatment report', reference: 'R-1', went: true };

describe('what is read out on the phone', () => {
  it('names what went and what the form requires, by name and with its ground', () => {
    const text = phoneText(view, about);
    for (const part of ['R-1', 'Last name', 'Reason', 'Medication', 'Risk', 'Goals']) expect(text).toContain(part);
    expect(text).toContain(`Risk: ${about.words.law}`);
    expect(text).toContain(`Medication: ${about.words.release}`);
  });

  it('says no value, and does not name what was kept back', () => {
    const text = phoneText(view, about);
    for (const part of ['SECRET', 'Ada', 'Trauma']) expect(text).not.toContain(part);
  });

  it('does not say that something went before it has gone', () => {
    expect(phoneText(view, { ...about, went: false })).not.toContain('Last name');
  });
});
