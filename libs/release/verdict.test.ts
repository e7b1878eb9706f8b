import { describe, expect, it } from 'vitest';
import { FieldBag, type FieldId, locus } from '#libs/catalogue';
import { CODES, DC, NJ, ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  day,
  invoiceBag,
  NOW,
  release,
  releaseId,
  request,
} from '../../test/support/release-fixtures.js';
import { type Authority, decide, describe as describeBag, type DisclosureRequest, type Ruling } from './index.js';

const RULES = ruleset();

const ruled = (
  bag: FieldBag,
  papers: Authority,
  change: Partial<DisclosureRequest> = {},
): ((field: FieldId, occurrence?: string) => Ruling | undefined) => {
  const { rulings } = decide(request(bag, { format: 'statement', ...change }), papers, RULES);
  return (field, occurrence) => rulings.find(({ locus: at }) => at.field === field && at.occurrence === occurrence);
};

const grounds = (ruling: Ruling | undefined) => ruling?.reasons.map(({ code, source }) => `${code} ${source}`);

const added = (base: Parameters<typeof release>[0], addition: Parameters<typeof release>[0]): Authority =>
  authority([release(base), release({ ...addition, id: releaseId(2) })], {
    relations: [{ kind: 'adds_to', newer: releaseId(2), older: releaseId(1), recordedAt: NOW }],
  });

describe('a document without dates', () => {
  const undated = new FieldBag().set(locus('client.name.last'), 'Vantongeren');

  it.each([
    [{}, 'send'],
    [{ serviceFrom: day('2026-01-01') }, 'withhold'],
    [{ serviceTo: day('2026-12-31') }, 'withhold'],
  ] as const)('needs a release that is about all sessions: %o', (range, effect) => {
    expect(ruled(undated, authority([release(range)]))('client.name.last')?.effect).toBe(effect);
  });
});

describe('what a clinician keeps back', () => {
  it('is each field that is named, beside whatever else is', () => {
    const limit = {
      ...{ id: 'limit', revision: 1, kind: 'clinician-limit' as const },
      fields: ['client.age', 'session.character'] as const,
    };
    const at = ruled(invoiceBag(), authority([release()], { restrictions: [limit] }));
    for (const kept of [at('client.birthDate'), at('session.character', 'L1')])
      expect(grounds(kept)).toEqual(['clinician_limit restriction:limit']);
    expect(at('client.name.last')?.effect).toBe('send');
  });
});

describe('a code that tells more than its field', () => {
  it('goes on the grounds of both grants', () => {
    const papers = added({ grants: CLAIM_GRANTS }, { grants: ['sud.present'] });
    expect(grounds(ruled(invoiceBag(undefined, ['F1020']), papers)('diagnosis.primary', 'D1'))).toEqual([
      `granted release:${releaseId(1)}`,
      `granted release:${releaseId(2)}`,
    ]);
  });

  it('goes on those lines alone for whose date that is granted', () => {
    const couples = invoiceBag([
      { id: 'L1', date: '2026-05-04', procedure: '90847' },
      { id: 'L2', date: '2026-05-11', procedure: '90847' },
    ]);
    const character = (id: FieldId): boolean => id === 'session.character';
    const papers = added(
      { grants: CLAIM_GRANTS.filter((id) => !character(id)) },
      { grants: CLAIM_GRANTS.filter(character), serviceFrom: day('2026-05-10') },
    );
    const at = ruled(couples, papers);
    expect([at('procedure.code', 'L1')?.effect, at('procedure.code', 'L2')?.effect]).toEqual(['withhold', 'send']);
  });
});

describe('a birth date', () => {
  const JERSEY = [{ jurisdiction: 'US-NJ', profession: 'psychologist' }];
  const capital = [{ jurisdiction: 'US-DC', profession: 'counselor' }];

  it('goes as an age under a ceiling, which says why it does not go itself', () => {
    const at = ruled(invoiceBag(), authority([release()]), { clinicians: JERSEY });
    expect(at('client.birthDate')).toMatchObject({ effect: 'generalise', form: 'client.age' });
    expect(grounds(at('client.birthDate'))).toEqual([
      `ceiling:${NJ} ceiling:${NJ}`,
      `granted release:${releaseId(1)}`,
      `within_ceiling:${NJ} ceiling:${NJ}`,
    ]);
  });

  it('stays for every cause that keeps one of its forms, each told once', () => {
    const year = release({
      grants: [...CLAIM_GRANTS.filter((id) => id !== 'client.birthDate' && id !== 'client.age'), 'client.birthYear'],
    });
    const grants = year.grants.filter((id) => id !== 'client.age' && id !== 'client.ageBand');
    const at = ruled(invoiceBag(), authority([{ ...year, grants }]), { clinicians: capital });
    expect(at('client.birthDate')?.effect).toBe('withhold');
    expect(grounds(at('client.birthDate'))).toEqual([
      `field_not_granted release:${releaseId(1)}`,
      `ceiling:${DC} ceiling:${DC}`,
    ]);
  });

  it('that the format cannot write goes as the age all the same', () => {
    const offers = describeBag(invoiceBag(), CODES, (field) => field !== 'client.birthDate');
    const at = ruled(invoiceBag(), authority([release()]), { offers });
    expect(at('client.birthDate')).toMatchObject({ effect: 'generalise', form: 'client.age' });
  });
});
