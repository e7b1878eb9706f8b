import type { LedgerEntry, SubmissionPath } from './ledger-row.js';

/** One claim as a payer knows it: its number, its frequency and, for a replacement or a void, the claim it amends. */
export interface JudgedClaim {
  readonly insurer: string;
  readonly claim: string;
  readonly frequency: string;
  readonly original?: string;
  readonly adjudications: number;
}

export interface JudgedDocument {
  readonly insurer: string;
  readonly path: SubmissionPath;
  readonly reference: string;
  readonly adjudications: number;
}

export interface Judgement {
  readonly claims: readonly JudgedClaim[];
  readonly documents: readonly JudgedDocument[];
  /** Services that two claims billed at the same time, neither of them replaced or voided: another number that must be 0. */
  readonly overlapping: number;
  readonly totals: {
    /** Claims and documents that were adjudicated more than once: the number that must be 0. */
    readonly doubled: number;
    /** Complete submissions, duplicates included. */
    readonly received: number;
    readonly adjudicated: number;
  };
}

const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);

/** A claim that a TA1, 999 or 277CA turned away was never adjudicated; sending it again is no double. */
const judgeClaims = (entries: readonly LedgerEntry[]): readonly JudgedClaim[] => {
  const judged = new Map<string, JudgedClaim>();
  for (const entry of entries) {
    for (const { clm01, frequency, original, finding } of entry.claims) {
      const key = keyOf(entry.insurer, clm01, frequency, original);
      const before = judged.get(key)?.adjudications ?? 0;
      judged.set(key, {
        insurer: entry.insurer,
        claim: clm01,
        frequency,
        ...(original === undefined ? {} : { original }),
        adjudications: before + (entry.adjudicated && finding === undefined ? 1 : 0),
      });
    }
  }
  return [...judged.values()];
};

const judgeDocuments = (entries: readonly LedgerEntry[]): readonly JudgedDocument[] => {
  const judged = new Map<string, JudgedDocument>();
  for (const { insurer, path, reference, adjudicated } of entries) {
    if (reference === undefined) continue;
    const key = keyOf(insurer, path, reference);
    const before = judged.get(key)?.adjudications ?? 0;
    judged.set(key, { insurer, path, reference, adjudications: before + (adjudicated ? 1 : 0) });
  }
  return [...judged.values()];
};

/** Goes through the claims in the order in which they were adjudicated; a replacement or void closes what it amends. */
const overlapsIn = (entries: readonly LedgerEntry[]): number => {
  const billedBy = new Map<string, readonly string[]>();
  const open = new Map<string, number>();
  const overlapping = new Set<string>();
  const count = (service: string, by: number): void => {
    const now = (open.get(service) ?? 0) + by;
    open.set(service, now);
    if (now > 1) overlapping.add(service);
  };
  for (const { insurer, adjudicated, claims } of entries) {
    for (const { frequency, original, payerClaimNumber, services = [], finding } of adjudicated ? claims : []) {
      if (finding !== undefined || payerClaimNumber === undefined) continue;
      const amends = keyOf(insurer, original);
      for (const service of billedBy.get(amends) ?? []) count(service, -1);
      billedBy.delete(amends);
      if (frequency === '8') continue;
      const billed = services.map((service) => keyOf(insurer, service));
      billedBy.set(keyOf(insurer, payerClaimNumber), billed);
      for (const service of billed) count(service, 1);
    }
  }
  return overlapping.size;
};

/** What the insurers did with everything that reached them. */
export const judge = (entries: readonly LedgerEntry[]): Judgement => {
  const complete = entries.filter((entry) => entry.outcome !== 'incomplete');
  const claims = judgeClaims(complete);
  const documents = judgeDocuments(complete);
  const counts = [...claims, ...documents].map((one) => one.adjudications);
  return {
    claims,
    documents,
    overlapping: overlapsIn(complete),
    totals: {
      doubled: counts.filter((count) => count > 1).length,
      received: complete.length,
      adjudicated: counts.reduce((sum, count) => sum + count, 0),
    },
  };
};
