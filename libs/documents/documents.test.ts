import { type FieldId, fieldOf, FieldBag, type FormatId, type Locus, locus, type Value } from '#libs/catalogue';
import { type Disclosed, project, type Rendered } from '#libs/disclosure';
import { plainDate, type Result } from '#libs/kernel';
import type { Decision, Ruling } from '#libs/release';
import { describe, expect, it } from 'vitest';
import {
  type DocumentEnvelope,
  renderStatementJson,
  renderStatementPdf,
  renderTreatmentReportJson,
  renderTreatmentReportPdf,
} from './index.js';

const envelope: DocumentEnvelope = {
  practice: {
    name: 'Harbor Lane Psychotherapy',
    addressLines: ['400 Harbor Lane', 'Trenton, NJ 08608'],
    phone: '555-0100',
    npi: '1999000007',
  },
  clinician: { name: 'Noor Sample', credential: 'PsyD' },
  recipient: { name: 'Acme Behavioral Health', addressLines: ['PO Box 5550'] },
  reference: '7KQ2-M4XD',
  createdOn: plainDate('2026-11-02'),
  enclosures: [{ id: 'notice', title: 'Notice', paragraphs: ['Do not pass it on.', 'A second paragraph.'] }],
  currency: 'USD',
};

type Entry = readonly [field: FieldId, value: Value, occurrence?: string | undefined];

const LINES: readonly Entry[] = ['2026-03-02', '2026-03-09', '2026-03-16'].flatMap((date, index): Entry[] => [
  ['session.date', date, `L${index + 1}`],
  ['fee.charge', 15000 + index, `L${index + 1}`],
  ['procedure.code', '90837', `L${index + 1}`],
  ['session.character', 'individual', `L${index + 1}`],
]);

const CLIENT: readonly Entry[] = [
  ['client.inTreatment', true],
  ['client.name.first', 'Zoë'],
  ['client.name.last', 'Łucka'],
  ['client.birthDate', '1988-05-17'],
  ['client.phone', '555-0142'],
  ['coverage.memberId', 'QX5550042'],
  ['diagnosis.primary', 'F411', 'D1'],
];

const INVOICE: readonly Entry[] = [...CLIENT, ...LINES, ['fee.total', 45003], ['fee.paid', 777]];

const REPORT: readonly Entry[] = [
  ...CLIENT,
  ['diagnosis.secondary', 'F4310', 'D2'],
  ['functioning.level', 'moderate'],
  ['reason.continuing', 'Secret words'],
  ['prognosis.estimatedDuration', 12],
  ['plan.goals', 'Line one.\nLine two, which is longer.'],
  ['symptoms.list', ['worry', 'poor sleep']],
  ['plan.sessionsRequested', 12],
  ['history.trauma', 'Secret history'],
];

interface Choice {
  readonly send: readonly FieldId[];
  readonly generalise?: Partial<Record<FieldId, FieldId>>;
  readonly mark?: readonly FieldId[];
  readonly drop?: readonly string[];
  readonly enclosures?: readonly string[];
}

const bagOf = (entries: readonly Entry[]): FieldBag =>
  entries.reduce((bag, [field, value, occurrence]) => bag.set(locus(field, occurrence), value), new FieldBag());

const ruling = (at: Locus, { send, generalise, mark, drop = [] }: Choice): Ruling => {
  const form = generalise?.[at.field];
  if (form !== undefined) return { locus: at, effect: 'generalise', form, reasons: [] };
  if (!send.includes(at.field) || (at.occurrence !== undefined && drop.includes(at.occurrence))) {
    return {
      locus: at,
      effect: 'withhold',
      reasons: [],
      ...(mark?.includes(at.field) === true ? { marker: true as const } : {}),
    };
  }
  const over = ['L1', 'L2', 'L3'].filter((line) => !drop.includes(line));
  return { locus: at, effect: 'send', reasons: [], ...(fieldOf(at.field).aggregate === undefined ? {} : { over }) };
};

/** Rulings are for loci, whatever stands there: `ruled` is what the decision was taken on, `entries` what the bag holds now. */
const disclose = <Format extends FormatId>(
  format: Format,
  entries: readonly Entry[],
  choice: Choice,
  ruled = entries,
): Disclosed<Format> => {
  const decision: Decision = {
    outcome: 'send',
    rulings: ruled.map(([field, , occurrence]) => ruling(locus(field, occurrence), choice)),
    gaps: [],
    enclosures: choice.enclosures ?? ['notice'],
    releases: [],
    rulesetDigest: '',
    epoch: 1,
    validUntil: 0,
  };
  const into = { format, formatRevision: '1', salt: new Uint8Array(16), about: plainDate('2026-04-01') };
  const result = project(bagOf(entries), decision, into);
  if (!result.ok) throw new Error('no projection');
  return result.value;
};

const must = <Format extends FormatId>(result: Result<Rendered<Format>>): Rendered<Format> => {
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
  return result.value;
};

const issuesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** By hand: the platform’s decoder of this name reads Latin-1 in some versions. */
const winAnsi = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (character) => HIGH.charAt(character.charCodeAt(0) - 0x80));

/** Every run of text in the content streams, decoded. */
const runsOf = (bytes: Uint8Array): readonly string[] => {
  const file = latin1(bytes);
  expect(file).not.toContain('/Filter');
  return [...file.matchAll(/\[([^\]]*)\] TJ/g)].map(([, run = '']) => {
    const hex = [...run.matchAll(/<([0-9a-f]*)>/g)].map(([, digits = '']) => digits).join('');
    return winAnsi(Buffer.from(hex, 'hex'));
  });
};

const jsonLeaves = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(jsonLeaves) : [String(value)];

const STATEMENT: Choice = {
  send: ['client.name.first', 'client.name.last', 'coverage.memberId', 'session.date', 'fee.charge', 'fee.total'],
  generalise: { 'client.birthDate': 'client.age' },
};
const TREATMENT: Choice = {
  send: [
    'client.name.first',
    'coverage.memberId',
    'diagnosis.primary',
    'diagnosis.secondary',
    'functioning.level',
    'prognosis.estimatedDuration',
    'plan.goals',
    'symptoms.list',
  ],
  generalise: { 'client.birthDate': 'client.age', 'reason.continuing': 'functioning.level' },
  mark: ['plan.sessionsRequested'],
};

const SURFACES = [
  [
    'statement.pdf',
    (entries: readonly Entry[]) => renderStatementPdf(disclose('statement', entries, STATEMENT, INVOICE), envelope),
    INVOICE,
  ],
  [
    'receipt.pdf',
    (entries: readonly Entry[]) => renderStatementPdf(disclose('receipt', entries, STATEMENT, INVOICE), envelope),
    INVOICE,
  ],
  [
    'statement.json',
    (entries: readonly Entry[]) => renderStatementJson(disclose('statement', entries, STATEMENT, INVOICE), envelope),
    INVOICE,
  ],
  [
    'report.pdf',
    (entries: readonly Entry[]) =>
      renderTreatmentReportPdf(disclose('treatment-report', entries, TREATMENT, REPORT), envelope),
    REPORT,
  ],
  [
    'report.json',
    (entries: readonly Entry[]) =>
      renderTreatmentReportJson(disclose('treatment-report', entries, TREATMENT, REPORT), envelope),
    REPORT,
  ],
] as const;

const told = (name: string): readonly FieldId[] => {
  const { send, generalise } = name.startsWith('report') ? TREATMENT : STATEMENT;
  return [...send, ...(Object.keys(generalise ?? {}) as FieldId[])];
};

describe.each(SURFACES)('laws of %s', (name, render, entries) => {
  const rendered = must(render(entries));
  const texts = rendered.leaves.map(({ text }) => text).sort();
  const isPdf = name.endsWith('.pdf');

  it('contains the text of its leaves and nothing else', () => {
    const found = isPdf ? runsOf(rendered.bytes) : jsonLeaves(JSON.parse(utf8(rendered.bytes)));
    expect([...found].sort()).toEqual(texts);
    expect(texts.length).toBeGreaterThan(10);
  });

  it('tells every field that the projection lets go', () => {
    const fields = new Set(
      rendered.leaves.flatMap(({ source }) => (source.kind === 'field' ? [source.field.locus.field] : [])),
    );
    const expected = entries.map(([field]) => field).filter((field) => told(name).includes(field));
    expect([...fields].sort()).toEqual([...new Set(expected)].sort());
  });

  it('is the same, byte for byte, whatever the withheld values are and whether they are there', () => {
    const sends = ([field]: Entry) =>
      told(name).includes(field) && field !== 'fee.total' && field !== 'reason.continuing';
    const other = entries.map((entry): Entry =>
      sends(entry) ? entry : [entry[0], fieldOf(entry[0]).kind === 'money' ? 1 : 'ZZQQ 31415', entry[2]],
    );
    const fewer = entries.filter((entry) => sends(entry) || entry[0] === 'fee.total');
    for (const changed of [other, fewer]) {
      const again = must(render(changed));
      expect(Buffer.from(again.bytes).equals(rendered.bytes)).toBe(true);
      expect(again.contentDigest).toBe(rendered.contentDigest);
    }
  });

  it('has no null and no empty text', () => {
    expect(texts).not.toContain('');
    if (!isPdf) expect(utf8(rendered.bytes)).not.toMatch(/null|""/);
  });
});

describe('a PDF', () => {
  const bytes = must(renderStatementPdf(disclose('statement', INVOICE, STATEMENT), envelope)).bytes;

  it('tells nothing about itself but its producer', () => {
    const file = latin1(bytes);
    const info = /\/Info (\d+) 0 R/.exec(file)?.[1] ?? '';
    const dictionary = new RegExp(`\\n${info} 0 obj\\n<<\\n([^>]*)>>`).exec(file)?.[1];
    expect(dictionary).toMatch(/^\/Producer \d+ 0 R\n$/);
    expect(file).toContain('(Sluice)');
    expect(file).not.toMatch(/CreationDate|ModDate|Author|Title|Creator|Metadata|D:\d{4}/);
  });

  it('has a file id that depends on nothing but what it says', () => {
    const id = (file: Uint8Array) => /\/ID \[<([0-9a-f]{32})>/.exec(latin1(file))?.[1];
    expect(id(bytes)).toMatch(/^[0-9a-f]{32}$/);
    const later = must(
      renderStatementPdf(disclose('statement', INVOICE, STATEMENT), { ...envelope, reference: 'OTHER' }),
    );
    expect(id(later.bytes)).not.toBe(id(bytes));
  });

  it('goes over as many pages as it takes, each with its number', () => {
    const goals = Array.from({ length: 90 }, (_none, index) => `Goal number ${index + 1}.`).join('\n');
    const long = disclose(
      'treatment-report',
      [
        ['coverage.memberId', 'QX5550042'],
        ['plan.goals', goals],
      ],
      TREATMENT,
    );
    const runs = runsOf(must(renderTreatmentReportPdf(long, envelope)).bytes);
    expect(runs.filter((run) => /^Page \d of \d$/.test(run))).toEqual([
      'Page 1 of 4',
      'Page 2 of 4',
      'Page 3 of 4',
      'Page 4 of 4',
    ]);
    for (let index = 1; index <= 90; index += 1) expect(runs).toContain(`Goal number ${index}.`);
  });

  it('notes where a name was transliterated, without the name', () => {
    const { substitutions } = must(renderStatementPdf(disclose('statement', INVOICE, STATEMENT), envelope));
    expect(substitutions).toEqual([{ position: 'header/name', kind: 'transliterated' }]);
    expect(runsOf(bytes)).toContain('Lucka');
  });

  it('is not made where a name cannot be printed, or an identifier only altered', () => {
    const name = INVOICE.map((entry): Entry => (entry[0] === 'client.name.last' ? [entry[0], '王'] : entry));
    expect(issuesOf(renderStatementPdf(disclose('statement', name, STATEMENT), envelope))).toEqual([
      'text_not_printable header/name',
    ]);
    const member = INVOICE.map((entry): Entry => (entry[0] === 'coverage.memberId' ? [entry[0], 'QXŁ'] : entry));
    expect(issuesOf(renderStatementPdf(disclose('statement', member, STATEMENT), envelope))).toEqual([
      'identifier_not_printable header/member',
    ]);
    expect(renderStatementJson(disclose('statement', name, STATEMENT), envelope).ok).toBe(true);
  });
});

describe('a line that stays', () => {
  const choice = { ...STATEMENT, drop: ['L2'] };

  it('leaves no trace in the total, the count or the numbering', () => {
    const runs = runsOf(must(renderStatementPdf(disclose('statement', INVOICE, choice), envelope)).bytes);
    expect(runs).toEqual(expect.arrayContaining(['2026-03-02', '2026-03-16', '300.02', '2 sessions']));
    expect(runs).not.toContain('2026-03-09');
    expect(runs).not.toContain('450.03');
    const json: unknown = JSON.parse(
      utf8(must(renderStatementJson(disclose('statement', INVOICE, choice), envelope)).bytes),
    );
    expect(json).toMatchObject({
      fields: { 'fee.total': '300.02', 'client.age': 37 },
      lines: [
        { 'session.date': '2026-03-02', 'fee.charge': '150.00' },
        { 'session.date': '2026-03-16', 'fee.charge': '150.02' },
      ],
    });
  });
});

describe('what is refused', () => {
  const renderers = (entries: readonly Entry[], choice: Choice, around: DocumentEnvelope) => [
    renderStatementPdf(disclose('statement', entries, choice), around),
    renderStatementJson(disclose('statement', entries, choice), around),
  ];

  it('a document without the notice that the decision wants', () => {
    for (const result of renderers(INVOICE, STATEMENT, { ...envelope, enclosures: [] }))
      expect(issuesOf(result)).toEqual(['enclosure_missing enclosures/notice']);
  });

  it('an enclosure that nobody decided on', () => {
    for (const result of renderers(INVOICE, { ...STATEMENT, enclosures: [] }, envelope)) {
      expect(issuesOf(result)).toEqual(['enclosure_not_decided enclosures/notice']);
    }
  });

  it('a field that the format has no place for', () => {
    for (const result of renderers(INVOICE, { ...STATEMENT, send: [...STATEMENT.send, 'client.phone'] }, envelope)) {
      expect(issuesOf(result)).toEqual(['field_not_rendered client.phone']);
    }
  });

  it('a value with nothing in it', () => {
    const hollow = INVOICE.map((entry): Entry => (entry[0] === 'client.name.first' ? [entry[0], ' '] : entry));
    for (const result of renderers(hollow, STATEMENT, envelope))
      expect(issuesOf(result)).toContain('empty_value header/name');
  });
});

describe('a treatment report', () => {
  const form = {
    id: 'acme',
    version: '3',
    labels: new Map<FieldId, string>([['coverage.memberId', 'Policy number']]),
    markerText: 'Not released',
  };

  it('says what a generalised value is, and marks what the form has a place for', () => {
    const { bytes } = must(
      renderTreatmentReportJson(disclose('treatment-report', REPORT, TREATMENT), { ...envelope, form }),
    );
    expect(JSON.parse(utf8(bytes))).toMatchObject({
      schema: { name: 'sluice.treatment-report', version: '1' },
      reference: '7KQ2-M4XD',
      form: { id: 'acme', version: '3' },
    });
    expect((JSON.parse(utf8(bytes)) as { fields: unknown }).fields).toEqual({
      'member/firstName': 'Zoë',
      'member/birthDate': { as: 'client.age', value: 37 },
      'member/memberId': 'QX5550042',
      'diagnosis/primary': 'F411',
      'diagnosis/secondary': ['F4310'],
      'necessity/functioning': 'moderate',
      'necessity/reason': { as: 'functioning.level', value: 'moderate' },
      'prognosis/weeks': 12,
      'request/sessions': { withheld: 'by client authorization' },
      'plan/goals': 'Line one.\nLine two, which is longer.',
      'clinical/symptoms': ['worry', 'poor sleep'],
    });
  });

  it('speaks the words of the form', () => {
    const runs = runsOf(
      must(renderTreatmentReportPdf(disclose('treatment-report', REPORT, TREATMENT), { ...envelope, form })).bytes,
    );
    expect(runs).toEqual(
      expect.arrayContaining([
        'Policy number',
        'Not released',
        'Age:',
        '37',
        'worry; poor sleep',
        '12',
        'weeks at least',
        'F43.10',
      ]),
    );
    expect(runs).not.toContain('Member id');
    expect(runs).not.toContain('Secret words');
  });
});

describe('a receipt', () => {
  it('names its reader from the disclosed fields alone', () => {
    const nameless = { ...STATEMENT, send: STATEMENT.send.filter((field) => !field.startsWith('client.name')) };
    const around = { ...envelope, recipient: { name: 'Zoë Łucka' } };
    expect(runsOf(must(renderStatementPdf(disclose('receipt', INVOICE, nameless), around)).bytes).join()).not.toContain(
      'Zo',
    );
    expect(utf8(must(renderStatementJson(disclose('receipt', INVOICE, nameless), around)).bytes)).not.toContain('Zo');
  });
});
