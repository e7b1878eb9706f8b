import fc from 'fast-check';
import { FieldBag, type FieldId, FIELD_IDS, fieldOf, formatOf, FORMATS, locus, PURPOSES } from '#libs/catalogue';
import { addDays, parseTimeZone, type PlainDate, startOfDate, type TimeZone, UTC } from '#libs/kernel';
import type {
  Authority,
  DisclosureRequest,
  InsurerForm,
  ReadingChoice,
  ReleaseRelation,
  Restriction,
  Revocation,
  Ruleset,
  SignedRelease,
} from '#libs/release';
import { CEILINGS, DC, NJ, ruleset } from './config-data.js';
import {
  CLIENT,
  day,
  INSURER,
  NOW,
  OTHER_CLIENT,
  OTHER_INSURER,
  PRACTICE,
  release,
  releaseId,
  request,
} from './release-fixtures.js';

export interface World {
  readonly bag: FieldBag;
  readonly request: DisclosureRequest;
  readonly authority: Authority;
  readonly ruleset: Ruleset;
}

/** How many cases a property runs: a sample by default, a hundred thousand in the long suite. */
export const RUNS = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 1_000);

const DATES: readonly PlainDate[] = [
  day('2025-12-20'),
  day('2026-03-02'),
  day('2026-05-04'),
  day('2026-05-11'),
  day('2026-06-14'),
];
const aDate = fc.constantFrom(...DATES);
const SPAN = 400;
/** Often the days about now: which of them it is, the zone says. */
const nearDate = fc
  .oneof(fc.integer({ min: -SPAN, max: SPAN }), fc.integer({ min: -2, max: 2 }))
  .map((days) => addDays(day('2026-06-15'), days));
const ASKED: readonly FieldId[] = [...new Set(FORMATS.flatMap((id) => formatOf(id).fields.map(({ field }) => field)))];
const ODD: readonly FieldId[] = [
  'sud.present',
  'hiv.status',
  'procedure.addOn',
  'note.psychotherapy',
  'client.age',
  'client.phone',
  'session.participants',
  'note.supervision',
];
const someOf = (fields: readonly FieldId[]) => fc.subarray([...fields]);
/** Mostly whole grants, so that many worlds send something; sometimes any odd part of them. */
const grants = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(
        someOf(ODD.filter((id) => id !== 'note.psychotherapy')),
        fc.subarray([...ASKED], { minLength: ASKED.length - 4 }),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(someOf(ODD), someOf(ASKED)) },
  )
  .map(([odd, asked]) => [...new Set([...odd, ...asked])]);

const roles = fc.subarray<SignedRelease['signatures'][number]['role']>(['client', 'parent', 'guardian'], {
  minLength: 1,
});

const aRelease = (number: number): fc.Arbitrary<SignedRelease> =>
  fc
    .record({
      client: fc.constantFrom(CLIENT, CLIENT, CLIENT, CLIENT, OTHER_CLIENT),
      recipient: fc.constantFrom<SignedRelease['recipient'][]>(
        { kind: 'party', id: INSURER, class: 'insurer' },
        { kind: 'party', id: INSURER, class: 'insurer' },
        { kind: 'party', id: OTHER_INSURER, class: 'insurer' },
        { kind: 'class', class: 'insurer' },
      ),
      purposes: fc.subarray([...PURPOSES], { minLength: 3 }),
      grants,
      serviceFrom: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: aDate }),
      serviceTo: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: aDate }),
      validFrom: fc.oneof(fc.constant(day('2026-01-01')), nearDate),
      validUntil: fc.option(fc.oneof(fc.constant(day('2026-12-31')), nearDate), { nil: undefined, freq: 9 }),
      event: fc.option(fc.option(fc.constantFrom(NOW - 5_000, NOW, NOW + 5_000), { nil: undefined }), {
        nil: undefined,
      }),
      signedOn: fc.oneof({ weight: 3, arbitrary: fc.constant(day('2025-12-01')) }, { weight: 1, arbitrary: nearDate }),
      roles: fc.oneof(
        { weight: 3, arbitrary: fc.constant<SignedRelease['signatures'][number]['role'][]>(['client']) },
        { weight: 1, arbitrary: roles },
      ),
      documented: fc.boolean(),
      age: fc.oneof(
        { weight: 4, arbitrary: fc.constant(30) },
        { weight: 1, arbitrary: fc.integer({ min: 10, max: 19 }) },
      ),
      parentConsented: fc.constantFrom<(boolean | 'unknown')[]>(true, false, 'unknown'),
      part2: fc.boolean(),
      blanket: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
      knownFalse: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    })
    .map((one) => {
      const { validUntil: _drop, ...base } = release();
      return {
        ...base,
        id: releaseId(number),
        client: one.client,
        recipient: one.recipient,
        purposes: one.purposes,
        grants: one.grants,
        validFrom: one.validFrom,
        signedAt: startOfDate(one.signedOn, UTC),
        signatures: one.roles.map((role) => ({
          role,
          signedOn: one.signedOn,
          authorityDocumented: one.documented,
          witnessed: false,
        })),
        signerFacts: { ageAtSigning: one.age, parentConsentedToTreatment: one.parentConsented },
        statements: one.part2 ? [...base.statements, 'part2' as const] : base.statements,
        blanket: one.blanket,
        ...(one.serviceFrom ? { serviceFrom: one.serviceFrom } : {}),
        ...(one.serviceTo ? { serviceTo: one.serviceTo } : {}),
        ...(one.validUntil ? { validUntil: one.validUntil } : {}),
        ...(one.event === undefined ? {} : { expiryEvent: { code: 'end', occurredAt: one.event } }),
        ...(one.knownFalse ? { knownFalseAt: NOW - 1 } : {}),
      };
    });

const aRelation = (count: number): fc.Arbitrary<ReleaseRelation> =>
  fc.record({
    kind: fc.constantFrom('adds_to' as const, 'supersedes' as const),
    newer: fc.integer({ min: 1, max: count }).map(releaseId),
    older: fc.integer({ min: 1, max: count }).map(releaseId),
    recordedAt: fc.constant(NOW - 1),
  });

const aRevocation = (count: number): fc.Arbitrary<Revocation> =>
  fc.record({
    release: fc.integer({ min: 1, max: count }).map(releaseId),
    receivedAt: fc.integer({ min: -200, max: 5 }).map((days) => NOW + days * 86_400_000),
    recordedAt: fc.constant(NOW),
    channel: fc.constant('fax' as const),
  });

export const aRestriction: fc.Arbitrary<Restriction> = fc
  .oneof(
    fc.record({ kind: fc.constant('paid-in-full' as const), serviceDates: fc.subarray([...DATES], { minLength: 1 }) }),
    fc.record({
      kind: fc.constantFrom('clinician-limit' as const, 'client-restriction' as const),
      fields: fc.subarray([...ASKED], { minLength: 1, maxLength: 3 }),
    }),
    fc.constant({ kind: 'confidential-communication' as const }),
  )
  .chain((body) =>
    fc
      .option(fc.constantFrom(INSURER, OTHER_INSURER), { nil: undefined })
      .map((recipient) => ({ ...body, id: 'r', revision: 1, ...(recipient ? { recipient } : {}) })),
  );

const aboutNow = fc.integer({ min: -1, max: 1 }).map((days) => addDays(day('2026-06-15'), days));

/** Of a paper that begins or ends about now: whether it does, the zone and the hour say. */
const someDays: fc.Arbitrary<Partial<SignedRelease>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: aboutNow.map((validFrom) => ({ validFrom })) },
  { weight: 1, arbitrary: aboutNow.map((validUntil) => ({ validUntil })) },
);

/** One good paper that grants nearly all that is ever asked, so that worlds send; the wild ones below rarely do. */
const calmAuthority: fc.Arbitrary<Authority> = fc
  .record({
    left: fc.subarray([...ASKED], { maxLength: 3 }),
    restrictions: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(aRestriction, { maxLength: 2 }) },
    ),
    days: someDays,
    add: fc.boolean(),
    second: aRelease(2),
  })
  .map(({ left, restrictions, days, add, second }) => {
    const good = {
      ...release(),
      ...days,
      purposes: PURPOSES,
      grants: [...ASKED, ...ODD].filter(
        (id) => !left.includes(id) && id !== 'note.psychotherapy' && id !== 'note.supervision',
      ),
    };
    return {
      client: CLIENT,
      epoch: 3,
      releases: add ? [good, second] : [good],
      relations: add ? [{ kind: 'adds_to' as const, newer: second.id, older: good.id, recordedAt: NOW - 1 }] : [],
      revocations: [],
      restrictions,
    };
  });

const wildAuthority: fc.Arbitrary<Authority> = fc.integer({ min: 0, max: 4 }).chain((count) =>
  fc.record({
    client: fc.integer({ min: 0, max: 19 }).map((n) => (n === 0 ? OTHER_CLIENT : CLIENT)),
    epoch: fc.nat({ max: 9 }),
    releases: fc
      .tuple(...Array.from({ length: count }, (_one, index) => aRelease(index + 1)))
      .map((all) => all as readonly SignedRelease[]),
    relations: count === 0 ? fc.constant([]) : fc.array(aRelation(count), { maxLength: 3 }),
    revocations:
      count === 0
        ? fc.constant([])
        : fc.oneof(
            { weight: 2, arbitrary: fc.constant([]) },
            { weight: 1, arbitrary: fc.array(aRevocation(count), { maxLength: 2 }) },
          ),
    restrictions: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(aRestriction, { maxLength: 2 }) },
    ),
  }),
);

const anAuthority = fc.oneof({ weight: 2, arbitrary: calmAuthority }, { weight: 1, arbitrary: wildAuthority });

/** Any short value of the field's kind: for what may be changed without anybody outside noticing. */
export const aValue = (field: FieldId): fc.Arbitrary<string | number | boolean | readonly string[]> => {
  const { kind, values } = fieldOf(field);
  if (values) return fc.constantFrom(...values);
  switch (kind) {
    case 'date':
      return fc.constantFrom(...DATES.map(String), '1991-09-30', '2000-02-29');
    case 'money':
    case 'count':
      return fc.integer({ min: 1, max: 99_999 });
    case 'flag':
      return fc.boolean();
    case 'list':
    case 'name':
      return fc.array(fc.constantFrom('A', 'BB', 'Ccc'), { minLength: 1, maxLength: 3 });
    case 'text':
    case 'coded':
    case 'file':
      return fc.string({ minLength: 1, maxLength: 12 });
  }
};

const CODE: Partial<Record<FieldId, readonly string[]>> = {
  'procedure.code': ['90834', '90837', '90847', '90839', 'H0005', '11111'],
  'claim.placeOfService': ['11', '10', '55', '77'],
  'diagnosis.primary': ['F331', 'F4322', 'F1020', 'B20', 'X999'],
  'diagnosis.secondary': ['F411', 'F1020', 'Z630'],
};

const PLAIN_CODES: Partial<Record<FieldId, string>> = {
  'procedure.code': '90834',
  'claim.placeOfService': '11',
  'diagnosis.primary': 'F331',
  'diagnosis.secondary': 'F411',
};

const valueFor = (field: FieldId, plain: boolean): fc.Arbitrary<string | number | boolean | readonly string[]> => {
  const { values } = fieldOf(field);
  if (values && !plain) return fc.constantFrom(...values, 'no word of the list');
  const codes = CODE[field];
  if (codes) return plain ? fc.constant(PLAIN_CODES[field] ?? '11') : fc.constantFrom(...codes);
  if (field === 'procedure.modifiers')
    return plain ? fc.constant(['95']) : fc.constantFrom(['95'], ['HF'], ['ZZ', '95']);
  if (field === 'diagnosis.pointer') return fc.subarray(['D1', 'D2'], { minLength: 1 });
  return aValue(field);
};

const COB: readonly FieldId[] = FIELD_IDS.filter((id) => id.startsWith('coverage.other.'));

const aBag = (complete: boolean): fc.Arbitrary<FieldBag> =>
  fc
    .record({
      lines: fc.constantFrom(0, 1, 2, 2, 3),
      plain: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
      left: complete
        ? fc.constant<FieldId[]>([])
        : fc.oneof(
            { weight: 2, arbitrary: fc.constant<FieldId[]>([]) },
            { weight: 1, arbitrary: fc.subarray<FieldId>([...FIELD_IDS], { maxLength: 30 }) },
          ),
      cob: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .chain(({ lines, plain, left, cob }) => {
      const places = FIELD_IDS.filter((id) => !left.includes(id) && (cob || !COB.includes(id))).flatMap((field) => {
        const { scope } = fieldOf(field);
        if (scope === 'document') return [locus(field)];
        if (scope === 'line') return Array.from({ length: lines }, (_one, index) => locus(field, `L${index + 1}`));
        return [locus(field, field === 'diagnosis.primary' ? 'D1' : 'D2')];
      });
      return fc.tuple(...places.map((at) => valueFor(at.field, plain))).map((values) => {
        const bag = new FieldBag();
        places.forEach((at, index) => bag.set(at, (values as (string | number)[])[index] ?? ''));
        return bag;
      });
    });

const aForm: fc.Arbitrary<InsurerForm> = fc.record({
  id: fc.constant('form'),
  version: fc.constant('1'),
  markers: fc.boolean(),
  fields: fc.array(
    fc.record({
      field: fc.constantFrom(...ASKED),
      usage: fc.constantFrom('required' as const, 'situational' as const),
    }),
    { maxLength: 25 },
  ),
});

const choices: fc.Arbitrary<readonly ReadingChoice[]> = fc.constantFrom<(readonly ReadingChoice[])[]>(
  [],
  [{ ceiling: NJ, choice: 'literal', revision: '1' }],
  [
    { ceiling: NJ, choice: { reading: 'nj-transaction-is-administrative', version: '1' }, revision: '1' },
    { ceiling: DC, choice: { reading: 'dc-transaction-is-administrative', version: '1' }, revision: '1' },
  ],
);

const licence = fc.constantFrom(
  { jurisdiction: 'US-OR', profession: 'psychologist' },
  { jurisdiction: 'US-OR', profession: 'counselor' },
  { jurisdiction: 'US-NJ', profession: 'psychologist' },
  { jurisdiction: 'US-NJ', profession: 'social-worker' },
  { jurisdiction: 'US-DC', profession: 'counselor' },
  { jurisdiction: 'unknown', profession: 'unknown' },
);

const mostly = <Value>(usual: Value, other: Value): fc.Arbitrary<Value> =>
  fc.integer({ min: 0, max: 14 }).map((n) => (n === 0 ? other : usual));

/** Zones whose days begin before and after those of UTC, by whole hours and others, with and without summer time. */
export const ZONES: readonly TimeZone[] = [
  'UTC',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Santiago',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
].map((name) => parseTimeZone(name) ?? UTC);

/** Fields with a closed list of words, of which a ceiling may take some. */
const SHAPED: readonly FieldId[] = FIELD_IDS.filter((id) => fieldOf(id).values !== undefined);

/** A ceiling that takes every other word. */
const half = (field: FieldId) => ({
  field,
  values: (fieldOf(field).values ?? []).filter((_word, index) => index % 2 === 0),
});

/** A world: a document, the papers about a client, and the rules. `complete` gives documents that miss no value. */
export const aWorld = (complete = false): fc.Arbitrary<World> =>
  fc
    .record({
      bag: aBag(complete),
      authority: anAuthority,
      choices,
      disabled: fc.subarray(CEILINGS.map((one) => one.id)),
      format: fc.constantFrom(...FORMATS),
      purpose: fc.oneof(
        { weight: 15, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(...PURPOSES) },
      ),
      form: fc.option(aForm, { nil: undefined }),
      timeZone: fc.constantFrom(...ZONES),
      hours: fc.constantFrom(0, 0, 0, 0, 6.25, 11.5, 17, 19, 23.5),
      clinicians: fc.oneof(
        fc.constant([{ jurisdiction: 'US-OR', profession: 'counselor' }]),
        fc.array(licence, { minLength: 1, maxLength: 2 }),
      ),
      funding: fc.constantFrom('fully-insured' as const, 'self-insured' as const, 'unknown' as const),
      fundingEvidence: fc.boolean(),
      envelope: mostly<DisclosureRequest['envelopeReveals']>([], ['substanceUse']),
      reaches: mostly(true, false),
      permitted: mostly(true, false),
      companion: fc.boolean(),
      part2: fc.boolean(),
      self: fc.boolean(),
      markers: fc.boolean(),
      excluded: fc.subarray(['L1', 'L2', 'L3'], { maxLength: 1 }),
      unwritable: fc.oneof(
        { weight: 3, arbitrary: fc.constant<FieldId[]>([]) },
        { weight: 1, arbitrary: fc.subarray<FieldId>([...FIELD_IDS], { maxLength: 3 }) },
      ),
      shapes: fc.subarray([...SHAPED]),
      adjudicated: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    })
    .map((one): World => {
      const { purposes } = formatOf(one.format);
      const changes: Partial<DisclosureRequest> = {
        format: one.format,
        purpose: one.purpose ?? purposes[0] ?? 'HPAYMT',
        aboutDates: one.format === 'treatment-report' ? [day('2026-06-14')] : [],
        clinicians: one.clinicians,
        timeZone: one.timeZone,
        now: NOW + one.hours * 3_600_000,
        funding: one.funding,
        fundingEvidence: one.fundingEvidence,
        envelopeReveals: one.envelope,
        route: {
          reachesRecipient: one.reaches,
          agentAgreement: true,
          formatPermitted: one.permitted,
          companionChannel: one.companion,
        },
        part2Program: one.part2,
        subscriberIsClient: one.self,
        useMarkers: one.markers,
        excludedLines: one.excluded,
        circumstances: [
          one.self ? 'patient-is-subscriber' : 'patient-is-dependent',
          ...(one.adjudicated ? (['after-another-payer', 'dependent-of-other-subscriber'] as const) : []),
        ],
        discloser: PRACTICE,
        ...(one.form && one.format === 'treatment-report' ? { form: one.form } : {}),
      };
      const ceilings = CEILINGS.map((ceiling) => ({
        ...ceiling,
        enabled: !one.disabled.includes(ceiling.id),
        valueShapes: [
          ...ceiling.valueShapes.filter(({ field }) => !one.shapes.includes(field)),
          ...one.shapes.map(half),
        ],
      }));
      const asked = request(one.bag, changes);
      return {
        bag: one.bag,
        request: {
          ...asked,
          offers: asked.offers.map((offer) =>
            one.unwritable.includes(offer.locus.field) ? { ...offer, unwritable: true as const } : offer,
          ),
        },
        authority: one.authority,
        ruleset: ruleset(one.choices, ceilings),
      };
    });
