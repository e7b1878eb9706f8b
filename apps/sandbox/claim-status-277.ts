import type { Claim, ClaimBatch, Party } from './claim-reading.js';
import { type Finding, statusOf } from './claim-review.js';
import type { FunctionalGroup } from './x12-reading.js';
import { writeAmount } from './x12-values.js';
import { compactDate, compactTime, type Written, type WrittenGroup } from './x12-writing.js';

const GUIDE = '005010X214';

export interface Payer {
  readonly name: string;
  readonly payerId: string;
}

/** What became of one claim at the door: a number of the payer's, or a finding. */
export interface ClaimVerdict {
  readonly claim: Claim;
  readonly finding?: Finding;
  readonly payerClaimNumber?: string;
}

export interface StatusReport {
  readonly payer: Payer;
  readonly at: number;
  /** Names the report itself: TRN*1 and BHT03. */
  readonly trace: string;
  /** Who reports, if that is a clearinghouse: it has taken the claims on, and knows nothing of what the payer thinks. */
  readonly clearinghouse?: { readonly name: string; readonly id: string };
}

interface Level {
  readonly number: number;
  readonly parent: number;
}

const sumOf = (verdicts: readonly ClaimVerdict[]): number =>
  verdicts.reduce((sum, verdict) => sum + verdict.claim.total, 0);

const head = (report: StatusReport): readonly Written[] => {
  const today = compactDate(report.at);
  return [
    ['BHT', '0085', '08', report.trace, today, compactTime(report.at), 'TH'],
    ['HL', '1', '', '20', '1'],
    report.clearinghouse === undefined
      ? ['NM1', 'PR', '2', report.payer.name, '', '', '', '', 'PI', report.payer.payerId]
      : ['NM1', 'AY', '2', report.clearinghouse.name, '', '', '', '', '46', report.clearinghouse.id],
    ['TRN', '1', report.trace],
    ['DTP', '050', 'D8', today],
    ['DTP', '009', 'D8', today],
  ];
};

const receiver = (report: StatusReport, batch: ClaimBatch, verdicts: readonly ClaimVerdict[]): readonly Written[] => {
  const taken = verdicts.filter((verdict) => verdict.finding === undefined);
  const refused = verdicts.filter((verdict) => verdict.finding !== undefined);
  const { submitter } = batch;
  return [
    ['HL', '2', '1', '21', '1'],
    ['NM1', '41', submitter.kind, submitter.last, submitter.first, '', '', '', '46', submitter.id],
    ['TRN', '2', batch.reference],
    ['STC', ['A1', '19', 'PR'], compactDate(report.at), 'WQ', writeAmount(sumOf(verdicts))],
    ...(taken.length === 0 ? [] : [['QTY', '90', String(taken.length)]]),
    ...(refused.length === 0 ? [] : [['QTY', 'AA', String(refused.length)]]),
    ...(taken.length === 0 ? [] : [['AMT', 'YU', writeAmount(sumOf(taken))]]),
    ...(refused.length === 0 ? [] : [['AMT', 'YY', writeAmount(sumOf(refused))]]),
  ];
};

const provider = (billing: Party, level: Level): readonly Written[] => [
  ['HL', String(level.number), String(level.parent), '19', '1'],
  ['NM1', '85', billing.kind, billing.last, billing.first, '', '', '', 'XX', billing.id],
];

/** The days of a claim: one, or from the first to the last. */
const serviceDates = (claim: Claim): Written => {
  const days = claim.lines.flatMap((line) => line.date.split('-')).sort();
  const [first, last] = [days[0] ?? '', days.at(-1) ?? ''];
  return first === last ? ['DTP', '472', 'D8', first] : ['DTP', '472', 'RD8', `${first}-${last}`];
};

const claimStatus = (verdict: ClaimVerdict, level: Level, report: StatusReport): readonly Written[] => {
  const { claim, finding, payerClaimNumber } = verdict;
  const patient = claim.patient ?? claim.subscriber;
  const taken = report.clearinghouse === undefined ? ['A2', '20', 'PR'] : ['A0', '16', 'PR'];
  const status = finding === undefined ? taken : statusOf(finding);
  const total = writeAmount(claim.total);
  return [
    ['HL', String(level.number), String(level.parent), 'PT'],
    ['NM1', 'QC', '1', patient.last, patient.first, '', '', '', 'MI', claim.subscriber.id],
    ['TRN', '2', claim.number],
    ['STC', status, compactDate(report.at), finding === undefined ? 'WQ' : 'U', total],
    ...(payerClaimNumber === undefined ? [] : [['REF', '1K', payerClaimNumber]]),
    ...(claim.clearinghouseNumber === undefined ? [] : [['REF', 'D9', claim.clearinghouseNumber]]),
    serviceDates(claim),
  ];
};

/** Claims of one billing provider, in the order in which the providers first appear. */
export const byProvider = <T extends { readonly claim: Claim }>(items: readonly T[]): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(item.claim.billing.id);
    if (known === undefined) groups.set(item.claim.billing.id, [item]);
    else known.push(item);
  }
  return [...groups.values()];
};

/** The 277CA for one batch: a verdict on every claim, the totals, and the payer's numbers. */
export const reportStatus = (
  report: StatusReport,
  batch: ClaimBatch,
  verdicts: readonly ClaimVerdict[],
): readonly Written[] => {
  const segments: Written[] = [...head(report), ...receiver(report, batch, verdicts)];
  let number = 2;
  for (const group of byProvider(verdicts)) {
    const parent = ++number;
    const billing = group[0]?.claim.billing;
    if (billing !== undefined) segments.push(...provider(billing, { number: parent, parent: 2 }));
    for (const verdict of group) segments.push(...claimStatus(verdict, { number: ++number, parent }, report));
  }
  return segments;
};

export const statusGroup = (answers: FunctionalGroup, sets: readonly (readonly Written[])[]): WrittenGroup => ({
  code: 'HN',
  guide: GUIDE,
  type: '277',
  answers,
  sets,
});
