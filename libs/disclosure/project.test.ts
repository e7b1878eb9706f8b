import { describe, expect, it } from 'vitest';
import { FieldBag, type FieldId, type FormatId, locus } from '#libs/catalogue';
import {
  decide,
  type Decision,
  describe as describeBag,
  type DisclosureRequest,
  type InsurerForm,
} from '#libs/release';
import { CODES, ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  day,
  invoiceBag,
  release,
  REPORT_GRANTS,
  reportBag,
  request,
} from '../../test/support/release-fixtures.js';
import { type Disclosed, finishRendering, project, reopen, seal } from './index.js';

const SALT = new Uint8Array(32).fill(7);

const projected = (bag: FieldBag, decision: Decision, into: { format: FormatId; about?: string }) => {
  const { format, about } = into;
  const made = project(bag, decision, {
    ...{ format, formatRevision: '1', salt: SALT },
    ...(about === undefined ? {} : { about: day(about) }),
  });
  if (!made.ok) throw new Error(made.issues[0]?.code);
  return made.value;
};

const told = (bag: FieldBag, change: Partial<DisclosureRequest> = {}, grants: readonly FieldId[] = CLAIM_GRANTS) => {
  const asked = request(bag, change);
  return projected(bag, decide(asked, authority([release({ grants })]), ruleset()), { format: asked.format });
};

const values = (of: Disclosed<FormatId>, field: FieldId) =>
  of.fields.filter(({ locus: at }) => at.field === field).map(({ locus: at, value }) => [at.occurrence, value]);

const STATEMENT = { format: 'statement' } as const;

describe('lines and diagnoses that go', () => {
  const lines = ['L1', 'L2', 'L10'].map((id, index) => ({
    id,
    date: `2026-05-0${index + 1}`,
    charge: 100 * (index + 1),
  }));

  it('are numbered from one, in the order of the document as people count', () => {
    const all = told(invoiceBag(lines));
    expect(all.lines).toEqual(['L1', 'L2', 'L3']);
    expect(all.lineOrigins).toEqual(['L1', 'L2', 'L10']);
    expect(values(all, 'session.date')).toEqual([
      ['L1', '2026-05-01'],
      ['L2', '2026-05-02'],
      ['L3', '2026-05-03'],
    ]);
    expect(values(all, 'fee.total')).toEqual([[undefined, 600]]);
  });

  it('leave no hole for a line that was taken out, and are totalled without it', () => {
    const rest = told(invoiceBag(lines), { excludedLines: ['L1'] });
    expect(rest.lineOrigins).toEqual(['L2', 'L10']);
    expect(values(rest, 'fee.charge')).toEqual([
      ['L1', 200],
      ['L2', 300],
    ]);
    expect(values(rest, 'fee.total')).toEqual([[undefined, 500]]);
  });

  it('are pointed at by their new numbers, the first one first, and by nothing that stays', () => {
    const bag = invoiceBag(
      [
        { id: 'L1', date: '2026-05-04', pointers: ['D3', 'D2', 'D1'] },
        { id: 'L2', date: '2026-05-11', pointers: ['D1'] },
      ],
      ['F331', 'F1020', 'F411'],
    );
    const rest = told(bag);
    expect(rest.diagnoses).toEqual(['D1', 'D2']);
    expect(values(rest, 'diagnosis.primary')).toEqual([['D1', 'F331']]);
    expect(values(rest, 'diagnosis.secondary')).toEqual([['D2', 'F411']]);
    expect(values(rest, 'diagnosis.pointer')).toEqual([
      ['L1', ['D2', 'D1']],
      ['L2', ['D1']],
    ]);
  });

  it('have the main diagnosis first, whatever it was called', () => {
    const bag = invoiceBag([{ id: 'L1', date: '2026-05-04', pointers: ['D9', 'D10'] }], []);
    bag.set(locus('diagnosis.secondary', 'D9'), 'F411').set(locus('diagnosis.primary', 'D10'), 'F331');
    const rest = told(bag);
    expect(values(rest, 'diagnosis.primary')).toEqual([['D1', 'F331']]);
    expect(values(rest, 'diagnosis.pointer')).toEqual([['L1', ['D2', 'D1']]]);
  });
});

describe('a lesser form', () => {
  const born = (date: string): FieldBag =>
    invoiceBag([
      { id: 'L1', date: '2026-05-04' },
      { id: 'L2', date: '2026-05-11' },
    ]).set(locus('client.birthDate'), date);
  const aged = [
    ...CLAIM_GRANTS.filter((id) => id !== 'client.birthDate' && id !== 'client.birthYear'),
    'client.age',
  ] as const;

  it('of a birth date is the age at the last service that goes', () => {
    const age = (change: Partial<DisclosureRequest> = {}) =>
      told(born('1991-05-10'), { ...STATEMENT, ...change }, aged).get('client.birthDate');
    expect([age()?.form, age()?.value]).toEqual(['client.age', 35]);
    expect(age({ excludedLines: ['L2'] })?.value).toBe(34);
  });

  const report = (bag: FieldBag, form?: InsurerForm) => {
    const asked = request(bag, {
      ...{ purpose: 'COVAUTH', format: 'treatment-report', aboutDates: [day('2026-06-15')] },
      offers: describeBag(bag, CODES),
      ...(form === undefined ? {} : { form, useMarkers: true }),
    });
    const papers = authority([
      release({
        purposes: ['COVAUTH'],
        grants: [...REPORT_GRANTS.filter((id) => id !== 'client.birthDate'), 'client.age' as const],
      }),
    ]);
    return projected(bag, decide(asked, papers, ruleset()), { format: 'treatment-report', about: '2026-06-15' });
  };

  it('of a document without lines is of the day that it is about', () => {
    expect(report(reportBag().set(locus('client.birthDate'), '1991-06-15')).get('client.birthDate')?.value).toBe(35);
    expect(report(reportBag().set(locus('client.birthDate'), '1991-06-16')).get('client.birthDate')?.value).toBe(34);
  });

  it('of a narrative is the level beside it, and no word of the narrative', () => {
    const of = report(reportBag());
    expect([of.get('reason.continuing')?.form, of.get('reason.continuing')?.value]).toEqual([
      'functioning.level',
      'severe',
    ]);
    expect(JSON.stringify(of.fields.map(({ value }) => value))).not.toContain('story');
  });

  it('that nobody may have leaves a marker where a person asked for one', () => {
    const form: InsurerForm = {
      ...{ id: 'otr', version: '1', markers: true },
      fields: [
        { field: 'history.trauma', usage: 'required' },
        { field: 'functioning.level', usage: 'required' },
      ],
    };
    expect(report(reportBag(), form).markers).toEqual(['history.trauma']);
    expect(report(reportBag()).markers).toEqual([]);
  });
});

describe('the digest of what goes', () => {
  const digest = (bag: FieldBag, change?: Partial<DisclosureRequest>): string => told(bag, change).contentDigest;
  const one = () => invoiceBag([{ id: 'L1', date: '2026-05-04', pointers: ['D1', 'D2'] }], ['F331', 'F411']);

  it('is the same in whatever order the document was written', () => {
    const backwards = new FieldBag();
    for (const { locus: at, value } of [...one().entries()].reverse()) backwards.set(at, value);
    expect(digest(backwards)).toBe(digest(one()));
  });

  it('is another for another order of pointers, and for another format', () => {
    const turned = one().set(locus('diagnosis.pointer', 'L1'), ['D2', 'D1']);
    expect(digest(turned)).not.toBe(digest(one()));
    expect(digest(one(), STATEMENT)).not.toBe(digest(one()));
  });

  it('is another where something is marked as withheld, or travels along', () => {
    const bag = one();
    const decision = decide(request(bag, STATEMENT), authority([release()]), ruleset());
    const of = (change: Partial<Decision>): string =>
      projected(bag, { ...decision, ...change }, { format: 'statement' }).contentDigest;
    const marked = { locus: locus('fee.paid'), effect: 'withhold' as const, reasons: [], marker: true as const };
    const digests = [
      of({}),
      of({ enclosures: ['a'] }),
      of({ enclosures: ['a', 'b'] }),
      of({ rulings: [...decision.rulings, marked] }),
    ];
    expect(new Set(digests).size).toBe(4);
    expect(of({ enclosures: ['b', 'a'] })).toBe(of({ enclosures: ['a', 'b'] }));
  });

  it('lets no bytes of one format be opened as another', () => {
    const claim = told(one());
    const rendered = finishRendering(claim, {
      ...{ mediaType: 'application/edi-x12', bytes: new Uint8Array([1]), leaves: [], substitutions: [] },
    });
    const names = { transmission: 't' as never, idempotencyKey: 'k', reference: 'r' };
    const { record } = seal(rendered, names);
    expect(reopen(record, told(one(), STATEMENT))).toMatchObject({
      ok: false,
      issues: [{ code: 'stale_content', path: 'format' }],
    });
  });
});

describe('what only this lib can make', () => {
  const claim = told(invoiceBag());
  const result = { mediaType: 'application/json', bytes: new Uint8Array(), leaves: [], substitutions: [] } as const;
  const rendered = finishRendering(claim, result);
  const names = { transmission: 't' as never, idempotencyKey: 'k', reference: 'r' };
  const [field] = claim.fields;
  if (field === undefined) throw new Error('nothing goes');
  const content = {
    format: 'statement',
    formatRevision: '1',
    fields: [],
    markers: [],
    enclosures: [],
    lineOrigins: [],
  };

  it.each<[string, object, readonly unknown[]]>([
    ['a field', field, [locus('client.sex'), { form: 'client.sex', value: 'F' }]],
    ['a document', claim, [content, SALT]],
    ['a rendering', rendered, [{ format: 'statement', contentDigest: '' }, result]],
    ['sealed bytes', seal(rendered, names), [seal(rendered, names).record]],
  ])('%s is made with the key of the lib or not at all', (_name, made, parts) => {
    const forge = made.constructor as new (...parts: readonly unknown[]) => unknown;
    expect(() => new forge(Symbol('disclosure'), ...parts)).toThrow(/^only /);
  });

  it('no look-alike is rendered or sealed', () => {
    const alike = Object.create(Object.getPrototypeOf(claim) as object) as typeof claim;
    expect(() => finishRendering(alike, result)).toThrow('not a disclosed document');
    const copy = Object.create(Object.getPrototypeOf(rendered) as object) as typeof rendered;
    expect(() => seal(copy, names)).toThrow('not a rendering');
  });
});
