import { describe, expect, it } from 'vitest';
import type { PresetView, ReleaseView } from '#libs/contracts';
import { type TermsDraft, termsOf, withPreset } from './terms-draft.js';

const preset = (id: string, ...fields: readonly PresetView['fields'][number]['field'][]): PresetView => ({
  ...{ id, version: '1', title: id, purposes: ['HPAYMT'] },
  fields: fields.map((field) => ({ field, clientWords: field })),
});

const basic = preset('basic', 'client.name.first', 'session.date');
const short = preset('short', 'session.date');

const terms: ReleaseView['terms'] = {
  ...{ purposes: [], grants: ['fee.total'], preset: 'basic', statements: ['revocation'], blanket: false },
  parentConsentedToTreatment: 'unknown',
};

const draft: TermsDraft = { terms, fields: new Set(['client.name.first', 'session.date', 'fee.total']) };

describe('a draft, field by field', () => {
  it('keeps its preset while all of it is granted', () => {
    expect(termsOf(draft, basic)).toEqual(terms);
  });

  it('is a release of its own with a field less, for the same purposes, and grants no more than is ticked', () => {
    const less = { ...draft, fields: new Set(['session.date', 'fee.total']) };
    const saved = termsOf(less, basic);
    expect(saved).toMatchObject({ purposes: ['HPAYMT'], grants: ['fee.total', 'session.date'] });
    expect(saved).not.toHaveProperty('preset');
  });

  it('changes preset, and keeps what was added by hand', () => {
    const changed = withPreset(draft, basic, short);
    expect([...changed.fields].sort()).toEqual(['fee.total', 'session.date']);
    expect(termsOf(changed, short)).toMatchObject({ preset: 'short', grants: ['fee.total'] });
    expect(withPreset(changed, short, undefined).terms).not.toHaveProperty('preset');
  });
});
