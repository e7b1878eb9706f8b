import { describe, expect, it } from 'vitest';
import type { Purpose } from '#libs/catalogue';
import { CEILINGS, DC } from '../../test/support/config-data.js';
import { CLIENT, day, INSURER, NOW, PRACTICE, releaseId } from '../../test/support/release-fixtures.js';
import { type Signing, signRelease } from './index.js';

const complete: Signing = {
  id: releaseId(1),
  client: CLIENT,
  discloser: PRACTICE,
  recipient: { kind: 'party', id: INSURER, class: 'insurer' },
  purposes: ['HPAYMT'],
  grants: ['session.*', 'fee.charge'],
  serviceFrom: undefined,
  serviceTo: undefined,
  validFrom: undefined,
  validUntil: day('2026-12-31'),
  expiryEvent: undefined,
  statements: ['revocation', 'conditioning', 'redisclosure'],
  blanket: false,
  jurisdiction: 'US-OR',
  signatures: [{ role: 'client', signedOn: day('2026-06-01'), authorityDocumented: false, witnessed: false }],
  signedAt: NOW,
  ageAtSigning: 40,
  parentConsentedToTreatment: 'unknown',
  part2Program: false,
};

const codes = (signing: Signing, ceilings = CEILINGS.slice(0, 0)) => {
  const signed = signRelease(signing, ceilings);
  return signed.ok ? [] : signed.issues.map((one) => one.code);
};

describe('signing', () => {
  it('makes a release with expanded ids, valid from the last signature', () => {
    const signed = signRelease(complete, []);
    expect(signed).toMatchObject({ ok: true, value: { validFrom: '2026-06-01', revision: 1 } });
    expect(signed.ok && signed.value.grants).toContain('session.date');
    expect(signed.ok && signed.value.grants).not.toContain('session.*');
  });

  it.each<[string, Partial<Signing>]>([
    ['recipient', { recipient: undefined }],
    ['grants', { grants: [] }],
    ['purposes', { purposes: [] as Purpose[] }],
    ['expiry', { validUntil: undefined }],
    ['signature', { signatures: [] }],
    ['statement.revocation', { statements: ['conditioning', 'redisclosure'] }],
    ['statement.conditioning', { statements: ['revocation', 'redisclosure'] }],
    ['statement.redisclosure', { statements: ['revocation', 'conditioning'] }],
    [
      'authority',
      { signatures: [{ role: 'parent', signedOn: day('2026-06-01'), authorityDocumented: false, witnessed: false }] },
    ],
  ])('names the missing element: %s', (element, change) => {
    expect(codes({ ...complete, ...change })).toContain(`element_missing:${element}`);
  });

  it('names the statement that a programme under part 2 needs for what that part protects', () => {
    const grants = [...complete.grants, 'sud.present'];
    expect(codes({ ...complete, part2Program: true })).toEqual([]);
    expect(codes({ ...complete, grants })).toEqual([]);
    expect(codes({ ...complete, grants, part2Program: true })).toEqual(['element_missing:statement.part2']);
    const statements = [...complete.statements, 'part2' as const];
    expect(codes({ ...complete, grants, statements, part2Program: true })).toEqual([]);
  });

  it('refuses a signature of a day that has not come anywhere', () => {
    const signedOn = (on: string) => ({
      ...complete,
      signatures: [{ role: 'client' as const, signedOn: day(on), authorityDocumented: false, witnessed: false }],
    });
    const today = new Date(NOW).toISOString().slice(0, 10);
    const later = (days: number): string => new Date(NOW + days * 86_400_000).toISOString().slice(0, 10);
    expect(codes(signedOn(today))).toEqual([]);
    expect(codes(signedOn(later(1)))).toEqual([]);
    expect(codes(signedOn(later(2)))).toEqual(['signed_in_future']);
  });

  it('refuses what is not specific, compounds with psychotherapy notes, unknown fields and reversed ranges', () => {
    expect(codes({ ...complete, blanket: true })).toEqual(['not_specific']);
    expect(codes({ ...complete, grants: ['note.psychotherapy', 'session.date'] })).toEqual(['compound_psynotes']);
    expect(codes({ ...complete, grants: ['session.date', 'client.colour'] })).toEqual(['unclassified_field']);
    expect(codes({ ...complete, validFrom: day('2027-01-01') })).toEqual(['range_reversed']);
  });

  it('takes over what the paper says of sessions, days and place, no more and no less', () => {
    const said = {
      ...{ serviceFrom: day('2026-03-01'), serviceTo: day('2026-03-31') },
      ...{ validFrom: day('2026-06-02'), validUntil: day('2026-09-30'), jurisdiction: 'US-OR' },
    };
    expect(signRelease({ ...complete, ...said }, [])).toMatchObject({ ok: true, value: said });
    const { serviceFrom: _from, serviceTo: _to, validUntil: _until, jurisdiction: _place, ...rest } = complete;
    const nothing = { serviceFrom: undefined, serviceTo: undefined, validUntil: undefined, jurisdiction: undefined };
    const signed = signRelease({ ...rest, ...nothing, expiryEvent: 'end-of-treatment' }, []);
    expect(signed).toMatchObject({
      ok: true,
      value: { jurisdiction: 'unknown', expiryEvent: { code: 'end-of-treatment' } },
    });
    for (const name of ['serviceFrom', 'serviceTo', 'validUntil'])
      expect(signed.ok && Object.keys(signed.value)).not.toContain(name);
  });

  it('takes a single day for a range, and neither half a range nor none for a reversed one', () => {
    const [first, second] = [day('2026-03-01'), day('2026-03-02')];
    expect(codes({ ...complete, serviceFrom: second, serviceTo: second })).toEqual([]);
    expect(codes({ ...complete, serviceFrom: second })).toEqual([]);
    expect(codes({ ...complete, serviceTo: second })).toEqual([]);
    expect(codes({ ...complete, serviceFrom: second, serviceTo: first })).toEqual(['range_reversed']);
    expect(codes({ ...complete, validFrom: day('2026-12-31'), validUntil: day('2026-12-31') })).toEqual([]);
  });

  it('is valid from the last of several signatures, and asks of each representative by what authority', () => {
    const client = {
      role: 'client' as const,
      signedOn: day('2026-06-03'),
      authorityDocumented: false,
      witnessed: false,
    };
    const guardian = { ...client, role: 'guardian' as const, signedOn: day('2026-06-05') };
    const both = (authorityDocumented: boolean) => ({
      ...complete,
      signatures: [{ ...guardian, authorityDocumented }, client],
    });
    expect(signRelease(both(true), [])).toMatchObject({ ok: true, value: { validFrom: '2026-06-05' } });
    expect(codes(both(false))).toEqual(['element_missing:authority']);
  });

  it('lets a parent sign for a child, and for nobody who is of age', () => {
    const by = (role: 'parent' | 'guardian', ageAtSigning: number) => ({
      ...complete,
      ageAtSigning,
      signatures: [{ role, signedOn: day('2026-06-01'), authorityDocumented: true, witnessed: false }],
    });
    expect(codes(by('parent', 17))).toEqual([]);
    expect(codes(by('parent', 18))).toEqual(['signer_incomplete']);
    expect(codes(by('guardian', 35))).toEqual([]);
  });

  it.each([
    ['client', false, []],
    ['client', true, ['signer_incomplete']],
    ['client', 'unknown', ['signer_incomplete']],
    ['guardian', true, []],
    ['representative', true, []],
  ] as const)(
    'lets a minor who consented to treatment alone sign alone: %s, parent consented: %s',
    (role, parent, said) => {
      const minor = {
        ...complete,
        ageAtSigning: 17,
        parentConsentedToTreatment: parent,
        signatures: [{ role, signedOn: day('2026-06-01'), authorityDocumented: role !== 'client', witnessed: false }],
      };
      expect(codes(minor)).toEqual(said);
    },
  );

  it('asks of an age what the narrowest band says that it falls in, and nothing of a ceiling out of force', () => {
    const [dc] = CEILINGS.filter((one) => one.id === DC);
    if (dc === undefined) throw new Error('no ceiling');
    const by = (role: 'parent' | 'guardian') => [{ roles: [role], onlyIfParentDidNotConsent: false }];
    const bands = {
      ...dc,
      signerRule: [
        { below: 18, alternatives: by('guardian') },
        { below: 14, alternatives: by('parent') },
      ],
    };
    const signed = (ageAtSigning: number, rule = bands) =>
      codes(
        {
          ...complete,
          ageAtSigning,
          signatures: [{ role: 'parent', signedOn: day('2026-06-01'), authorityDocumented: true, witnessed: false }],
        },
        [rule],
      );
    expect(signed(13)).toEqual([]);
    expect(signed(14)).toEqual(['signer_incomplete']);
    expect(signed(14, { ...bands, enabled: false })).toEqual([]);
  });

  it('asks the signatures of the ceilings in force', () => {
    const dc = CEILINGS.filter((one) => one.id === DC);
    const minor = {
      ...complete,
      ageAtSigning: 15,
      signatures: [
        { role: 'parent' as const, signedOn: day('2026-06-01'), authorityDocumented: true, witnessed: false },
      ],
    };
    expect(codes(minor)).toEqual([]);
    expect(codes(minor, dc)).toEqual(['signer_incomplete']);
  });
});
