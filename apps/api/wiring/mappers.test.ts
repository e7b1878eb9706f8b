import { describe, expect, it } from 'vitest';
import type { DecisionBasis, DisclosureView, LedgerRow } from '#libs/application';
import { routeOf, ROUTES } from '#libs/contracts';
import type { ReleaseId } from '#libs/kernel';
import type { Ceiling } from '#libs/release';
import {
  CLIENT,
  CLINICIAN,
  DRAFT,
  INVOICE,
  RECORD_CLIENT,
  RECORD_COVERAGE,
  REPORT,
  SIGNING,
  THING,
} from '../samples.fixture.js';
import { fromRecordClient, fromRecordCoverage } from './client-mappers.js';
import { fromChoose, toEventView } from './disclosure-mappers.js';
import { toIssueView } from '../issue-view.js';
import { fromSubmitInvoice, fromSubmitTreatmentReport, toDocumentView } from './document-mappers.js';
import { toPreview } from './explanation-mappers.js';
import { fromReadingChoice, toCeilingView, toLedgerRowView, toVerificationView } from './practice-mappers.js';
import {
  concernsRelease,
  fromRecordRestriction,
  fromSignRelease,
  toReleaseEvent,
  toReleaseView,
  toRestrictionView,
} from './release-mappers.js';

const AT = Date.parse('2026-03-02T10:00:00.000Z');
const RELEASE = THING as ReleaseId;
const OTHER = '10000000-0000-4000-8000-000000000099';

const row = (entry: Partial<LedgerRow['entry']>): LedgerRow => ({
  height: 3,
  index: 1,
  at: AT,
  entry: { kind: 'release-signed', actor: 'staff:x', ...entry },
});

describe('what comes in', () => {
  it('keeps every member of an invoice but the format that is asked for', () => {
    const body = ROUTES.submitInvoice.body.parse({ ...INVOICE, format: 'statement' });
    expect(fromSubmitInvoice(body)).toEqual({ kind: 'invoice', invoice: INVOICE });
  });

  it('leaves out what was left out', () => {
    const { kind, ...rest } = fromSubmitTreatmentReport(ROUTES.submitTreatmentReport.body.parse(REPORT));
    expect([kind, rest]).toEqual(['treatment-report', { report: REPORT }]);
    const client = fromRecordClient(ROUTES.recordClient.body.parse(RECORD_CLIENT));
    expect(Object.keys(client.identity)).not.toContain('email');
    const coverage = fromRecordCoverage({ ...ROUTES.recordCoverage.body.parse(RECORD_COVERAGE), client: CLIENT });
    expect(coverage).toEqual({ ...RECORD_COVERAGE, client: CLIENT });
  });

  it('is signed as it was written', () => {
    expect(fromSignRelease(RELEASE, ROUTES.signRelease.body.parse(SIGNING))).toEqual({ ...SIGNING, release: RELEASE });
  });

  it('names a reading, or the letter', () => {
    const read = (choice: object) => fromReadingChoice(ROUTES.chooseReading.body.parse({ ceiling: 'c', choice }));
    expect(read({ kind: 'literal' })).toBe('literal');
    expect(read({ kind: 'reading', reading: 'r', version: '1' })).toEqual({ reading: 'r', version: '1' });
  });

  it.each([
    [{ choice: 'use-markers' }, { kind: 'send-with-markers' }],
    [
      { choice: 'exclude-lines', lines: ['L1'] },
      { kind: 'exclude-lines', lines: ['L1'] },
    ],
    [
      { choice: 'smaller-format', format: 'statement' },
      { kind: 'smaller-format', format: 'statement' },
    ],
    [{ choice: 'receipt' }, { kind: 'smaller-format', format: 'receipt' }],
    [{ choice: 'insurer-has-it' }, { kind: 'insurer-has-it' }],
    [
      { choice: 'insurer-has-it', reference: 'R-1' },
      { kind: 'insurer-has-it', reference: 'R-1' },
    ],
    [{ choice: 'draft-amendment' }, { kind: 'draft-amendment' }],
    [{ choice: 'keep-holding' }, { kind: 'keep-holding' }],
    [{ choice: 'send-again' }, { kind: 'send-again' }],
  ])('%o is the choice %o', (choose, choice) => {
    expect(fromChoose(ROUTES.chooseForDisclosure.body.parse(choose))).toEqual(choice);
  });
});

describe('what goes out', () => {
  it('is a document as it came in', () => {
    const content = fromSubmitTreatmentReport(
      ROUTES.submitTreatmentReport.body.parse({ ...REPORT, symptoms: ['one'], sessionDates: ['2026-02-01'] }),
    );
    const view = toDocumentView(
      { id: THING as never, client: CLIENT, content, createdBy: 'staff:x', createdAt: AT },
      [],
    );
    expect(view.content).toEqual(content);
    expect(routeOf('readDocument').response?.safeParse(view).success).toBe(true);
  });

  it('shows no word that is none of the closed list', () => {
    const report = { ...ROUTES.submitTreatmentReport.body.parse(REPORT), functioning: 'writes of something else' };
    const view = toDocumentView(
      {
        id: THING as never,
        client: CLIENT,
        content: { kind: 'treatment-report', report },
        createdBy: 'x',
        createdAt: AT,
      },
      [],
    );
    expect(JSON.stringify(view)).not.toContain('something else');
  });

  it('says with an issue what to do about it: the sentence of the edit, of the code, or of the kind of code', () => {
    expect(toIssueView({ code: 'total_differs', path: '/total', severity: 'error' }).fix).toBeDefined();
    expect(toIssueView({ code: 'unknown_reference', path: '/client', severity: 'error' })).toEqual({
      code: 'unknown_reference',
      path: '/client',
      severity: 'error',
      fix: 'It names something that is not there, or is not within your reach.',
    });
    expect(toIssueView({ code: 'element_missing:expiry', path: '', severity: 'error' }).fix).toMatch(/164\.508\(c\)/);
    expect(toIssueView({ code: 'of_nobody', path: '', severity: 'error', rule: 'r'.repeat(2_001) })).toEqual({
      ...{ code: 'of_nobody', path: '', severity: 'error', rule: 'r'.repeat(2_000) },
    });
  });

  it('has every value of a preview in clear, for the gateway to mask', () => {
    const view: DisclosureView = {
      outcome: 'hold',
      counts: { goes: 0, changed: 0, withheld: 1, missing: 0 },
      rows: [
        {
          locus: 'fee.charge@L1',
          field: 'fee.charge',
          occurrence: 'L1',
          label: 'Fee',
          category: 'fees',
          sensitivity: 2,
          effect: 'withheld',
          marker: false,
          source: 14_000,
          reasons: [],
        },
      ],
      gaps: [
        {
          at: { field: 'fee.charge', occurrence: 'L1' },
          locus: 'fee.charge@L1',
          label: 'Fee',
          code: 'missing',
          cause: 'missing',
          curer: 'office',
          sentence: 'It is not there.',
          reasons: [],
        },
      ],
      enclosures: ['release-extract'],
      validUntil: Infinity,
    };
    const basis: DecisionBasis = {
      format: 'statement',
      formatRevision: '1',
      purpose: 'HPAYMT',
      insurer: { id: THING as never, name: 'Acme Health' },
      releases: [{ id: RELEASE, revision: 2 }],
      rulesetDigest: 'ab',
      treating: [CLINICIAN],
      choices: ['keep-holding', 'exclude-lines'],
      gapChoices: [['exclude-lines']],
    };
    const shown = toPreview({
      format: 'statement',
      warnings: [],
      basis,
      nextStep: 'Wait.',
      shown: { audience: 'practice', view },
    });
    expect(shown.treating).toEqual([CLINICIAN]);
    expect(shown.view.rows[0]).toMatchObject({
      locus: { field: 'fee.charge', occurrence: 'L1' },
      category: 'fees',
      source: { masked: false, value: 14_000 },
    });
    expect(shown.view.gaps[0]?.choices).toEqual(['exclude-lines']);
    expect(shown.view.counts.gaps).toBe(1);
    expect(routeOf('previewInvoice').response?.safeParse(shown.view).success).toBe(true);
  });

  it('is a paper with what it lacks, or with who ended it', () => {
    const terms = ROUTES.draftRelease.body.parse(DRAFT);
    const record = { id: RELEASE, client: CLIENT, status: 'draft', terms, createdAt: AT } as const;
    const draft = toReleaseView({
      record,
      status: 'draft',
      granted: ['client.name.last'],
      missing: ['expiry'],
      warnings: ['eob_exposure'],
    });
    expect(draft).toMatchObject({
      revision: 1,
      missing: ['expiry'],
      warnings: ['eob_exposure'],
      terms: DRAFT,
      signatures: [],
    });
    expect(Object.keys(draft)).not.toContain('signedAt');
    const ended = toReleaseView({
      record,
      status: 'superseded',
      granted: [],
      missing: [],
      warnings: [],
      supersededBy: OTHER as ReleaseId,
      revokedAt: AT,
    });
    expect(ended).toMatchObject({ supersededBy: OTHER, revokedAt: '2026-03-02T10:00:00.000Z' });
    for (const view of [draft, ended]) expect(routeOf('readRelease').response?.safeParse(view).success).toBe(true);
  });

  it.each([
    { kind: 'paid-in-full', serviceDates: ['2026-02-24'] },
    { kind: 'clinician-limit', fields: ['diagnosis.primary'], recipient: THING },
    { kind: 'client-restriction', fields: ['fee.charge'] },
    { kind: 'confidential-communication' },
  ])('is the restriction that was recorded: %o', (restriction) => {
    const recorded = {
      ...fromRecordRestriction(ROUTES.recordRestriction.body.parse(restriction)),
      id: THING,
      revision: 1,
    };
    expect(toRestrictionView(recorded)).toEqual({ id: THING, revision: 1, restriction });
  });

  it('tells of a release what happened to it, and to which other one', () => {
    const related = row({
      kind: 'release-related',
      subject: RELEASE,
      codes: ['supersedes'],
      grounds: [`release:${OTHER}`],
    });
    expect(toReleaseEvent(RELEASE, related)).toMatchObject({
      kind: 'release-related',
      related: OTHER,
      codes: ['supersedes'],
    });
    expect(toReleaseEvent(OTHER as ReleaseId, related).related).toBe(RELEASE);
    expect(concernsRelease(OTHER as ReleaseId, related)).toBe(true);
    expect(concernsRelease(RELEASE, row({ kind: 'permitted', grounds: [`release:${RELEASE}`] }))).toBe(false);
    expect(concernsRelease(RELEASE, row({ subject: OTHER }))).toBe(false);
  });

  it('is a row of the ledger without anything that is not there', () => {
    expect(toLedgerRowView(row({ client: CLIENT, codes: ['HPAYMT'] }))).toEqual({
      height: 3,
      index: 1,
      at: '2026-03-02T10:00:00.000Z',
      kind: 'release-signed',
      actor: 'staff:x',
      client: CLIENT,
      codes: ['HPAYMT'],
    });
    expect(toEventView(row({})).codes).toEqual([]);
    expect(toVerificationView({ blocks: 2, entries: 3, checkpoints: 1, head: 'ab', of: 2 }).holds).toBe(true);
    expect(
      toVerificationView({
        blocks: 2,
        entries: 3,
        checkpoints: 1,
        head: 'ab',
        of: 2,
        broken: { height: 1, code: 'entry_changed' },
      }).holds,
    ).toBe(false);
  });

  it('says of a ceiling whether a licence of the practice falls under it; unknown does', () => {
    const ceiling: Ceiling = {
      id: 'c',
      version: '1',
      jurisdiction: 'US-NJ',
      citation: 'N.J.S.A. 45:14B-32',
      textAsOf: '2026',
      verification: 'verified',
      enabled: true,
      appliesTo: { professions: ['psychologist'], recipientClasses: [], purposes: [], exemptFunding: [] },
      fields: [],
      valueShapes: [],
      signerRule: [],
      enclosures: [],
      waivable: false,
      readings: [
        {
          id: 'r',
          version: '1',
          format: 'x12-837p',
          purpose: 'HPAYMT',
          fields: [{ field: 'fee.charge', argument: 'why' }],
        },
      ],
    };
    const concerned = (jurisdiction: string, profession: string) =>
      toCeilingView(ceiling, { licences: [{ jurisdiction, profession }], choices: [] }).concernsPractice;
    expect(concerned('US-NJ', 'psychologist')).toBe(true);
    expect(concerned('US-NJ', 'counselor')).toBe(false);
    expect(concerned('US-OR', 'psychologist')).toBe(false);
    expect(concerned('unknown', 'unknown')).toBe(true);
    const chosen = toCeilingView(ceiling, {
      licences: [],
      choices: [{ ceiling: 'c', choice: { reading: 'r', version: '1' }, revision: 'x' }],
    });
    expect(chosen).toMatchObject({ concernsPractice: false, chosen: { kind: 'reading', reading: 'r', version: '1' } });
  });
});
