import type { AnswerKind } from '#libs/disclosure';
import { centsOf, isCents, unreachable } from '#libs/kernel';
import type { Answer } from '#libs/x12';
import type { AnswerDetail } from '../ports/records.js';
import { type Remitted, remittedIn } from './adjudication-of.js';
import type { Heard } from './heard.js';

type Remittance = Extract<Answer, { kind: '835' }>;
type Claim835 = Remittance['claims'][number];

const adjustmentsOf = (claim: Claim835): Claim835['adjustments'] => [
  ...claim.adjustments,
  ...claim.lines.flatMap((line) => line.adjustments),
];

/** Deductible, coinsurance and copayment: the claim is settled, and the client bears it. */
const isClientsShare = ({ group, reason }: Claim835['adjustments'][number]): boolean =>
  group === 'PR' && ['1', '2', '3'].includes(reason);

/** Beyond what the contract allows, or kept back by law from every payment. */
const isAgreed = ({ group, reason }: Claim835['adjustments'][number]): boolean =>
  group === 'CO' && ['45', '253'].includes(reason);

/** Nothing was paid because the client's share was all of what is allowed. */
const isAllClients = (claim: Claim835): boolean => {
  const adjustments = adjustmentsOf(claim);
  return adjustments.some(isClientsShare) && adjustments.every((one) => isClientsShare(one) || isAgreed(one));
};

const remitted = (claim: Claim835): AnswerKind => {
  switch (claim.statusCode) {
    case '1':
    case '2':
    case '3':
    case '19':
    case '20':
    case '21':
      if (claim.paid <= 0) return claim.paid === 0 && isAllClients(claim) ? 'paid' : 'denied';
      return claim.paid < claim.charge ? 'partly-paid' : 'paid';
    case '4':
      return 'denied';
    case '23':
      return 'forwarded';
    case '22':
      return 'reversed';
    case '25':
      return 'forwarded';
    default:
      return unreachable(claim.statusCode);
  }
};

/** What a payer before this one did with the charge (CARC 23), told by one that came second. */
const isOfPriorPayer = ({ group, reason }: Claim835['adjustments'][number]): boolean =>
  group === 'OA' && reason === '23';

/** Paid as agreed is paid: what contract, client and a payer before this one bear is no refusal. */
const settled = (claim: Claim835): AnswerKind => {
  const kind = remitted(claim);
  if (kind !== 'partly-paid') return kind;
  return adjustmentsOf(claim).every((one) => isAgreed(one) || one.group === 'PR' || isOfPriorPayer(one))
    ? 'paid'
    : 'partly-paid';
};

/** What the payer itself sent on to the next one, whatever it paid (CLP02 19 to 21: as 1 to 3, and forwarded). */
const FORWARDED: readonly Claim835['statusCode'][] = ['19', '20', '21'];

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** All parts together. Each has a number of the payer's; the last one's is the newest. */
const amountsOf = (answer: Remittance, parts: readonly Claim835[]): AnswerDetail => {
  const shares = parts.flatMap(({ patientResponsibility }) => patientResponsibility ?? []);
  const payerClaimNumber = parts.at(-1)?.payerClaimNumber;
  return {
    ...(payerClaimNumber === undefined ? {} : { payerClaimNumber }),
    charge: sumOf(parts.map(({ charge }) => charge)),
    paid: sumOf(parts.map(({ paid }) => paid)),
    traceNumber: answer.trace,
    codes: parts.flatMap(adjustmentsOf).map((one) => `${one.group}-${one.reason}`),
    ...(shares.length === 0 ? {} : { clientShare: sumOf(shares) }),
  };
};

/** A claim of which one part is paid and another is not is neither. */
const settledTogether = (parts: readonly Claim835[]): AnswerKind => {
  const [first = 'denied', ...others] = parts.map(settled);
  return others.every((one) => one === first) ? first : 'partly-paid';
};

/** What a next payer can be told of all parts: by line, also where one line was split. */
const remittedTogether = (answer: Remittance, parts: readonly Claim835[]): Remitted | undefined => {
  const [first, ...others] = parts.map((part) => remittedIn(answer, part));
  return others.reduce<Remitted | undefined>((whole, part) => whole && part && added(whole, part), first);
};

const added = (one: Remitted, other: Remitted): Remitted => {
  const lines = new Map(one.lines.map((line) => [line.control, line]));
  for (const line of other.lines) {
    const known = lines.get(line.control);
    lines.set(line.control, known === undefined ? line : joined(known, line));
  }
  return {
    ...joined(one, other),
    adjudicatedOn: other.adjudicatedOn,
    payerClaimNumber: other.payerClaimNumber,
    lines: [...lines.values()],
  };
};

const joined = <Part extends Pick<Remitted, 'paid' | 'adjustments'>>(one: Part, other: Part): Part => ({
  ...one,
  paid: centsOf(one.paid + other.paid),
  adjustments: [...one.adjustments, ...other.adjustments],
});

/** Exact duplicate of another claim (CARC 18), and nothing else: it says nothing of that other. */
const isDuplicate = (claim: Claim835): boolean => {
  const adjustments = adjustmentsOf(claim);
  return claim.paid === 0 && adjustments.length > 0 && adjustments.every(({ reason }) => reason === '18');
};

/** What is forwarded unseen or foretold is told by itself, and so is what the payer never had under a number of ours. */
const isOfClaim = ({ statusCode, patientControlNumber }: Claim835): boolean =>
  statusCode !== '23' && statusCode !== '25' && patientControlNumber !== '0';

const isReversal = ({ statusCode }: Claim835): boolean => statusCode === '22';

/** Sums beyond what an amount can be are no sums of one claim. */
const canBeAdded = (parts: readonly Claim835[]): boolean => {
  const amounts = [
    parts.map(({ charge }) => charge),
    parts.map(({ patientResponsibility }) => patientResponsibility ?? 0),
    parts.flatMap(({ paid, lines }) => [paid, ...lines.map((line) => line.paid)]),
  ];
  return amounts.every((some) => isCents(sumOf(some.map(Math.abs))));
};

const together = (parts: readonly Claim835[]): readonly (readonly Claim835[])[] => {
  if (parts.length === 0) return [];
  const own = parts.filter((part) => !isDuplicate(part));
  const told = own.length === 0 ? parts : own;
  return canBeAdded(told) ? [told] : told.map((one) => [one]);
};

/** What is left of the parts of a claim after those that a reversal behind them takes back, amount for amount; and the reversals of anything else. */
const standingOf = (
  told: readonly Claim835[],
): { readonly standing: readonly Claim835[]; readonly earlier: readonly Claim835[] } => {
  const standing: Claim835[] = [];
  const earlier: Claim835[] = [];
  for (const one of told) {
    const undone = isReversal(one)
      ? standing.findLastIndex(({ charge, paid }) => charge + one.charge === 0 && paid + one.paid === 0)
      : -1;
    if (undone >= 0) standing.splice(undone, 1);
    else (isReversal(one) ? earlier : standing).push(one);
  }
  return { standing, earlier };
};

/** A reversal comes before what is decided anew (CLP02 22): what stands is the last word, unless something else is taken back behind it. */
const decisionsOn = (told: readonly Claim835[]): readonly (readonly Claim835[])[] => {
  const { standing, earlier } = standingOf(told);
  const reversals = together(told.filter(isReversal));
  const [lastStanding, lastEarlier] = [standing.at(-1), earlier.at(-1)];
  if (lastStanding === undefined) return [...together(told.filter((one) => !isReversal(one))), ...reversals];
  const isTakenBack = lastEarlier !== undefined && told.indexOf(lastEarlier) > told.indexOf(lastStanding);
  return isTakenBack ? [...together(standing), ...reversals] : [...reversals, ...together(standing)];
};

/** The claims of a remittance, those that are one claim of ours together: a payer may split it, and tells of its parts under one number (CLP01). */
const decisionsIn = (claims: readonly Claim835[]): readonly (readonly Claim835[])[] => {
  const alone = claims.filter((one) => !isOfClaim(one)).map((one) => [one]);
  const told = new Map<string, Claim835[]>();
  for (const claim of claims.filter(isOfClaim)) {
    const known = told.get(claim.patientControlNumber);
    if (known === undefined) told.set(claim.patientControlNumber, [claim]);
    else known.push(claim);
  }
  return [...alone, ...[...told.values()].flatMap(decisionsOn)];
};

/** A remittance of which any sum does not agree settles no claim: which of its amounts is wrong it does not say. */
export const ofRemittance = (answer: Remittance): readonly Heard[] =>
  decisionsIn(answer.claims).flatMap((parts): readonly Heard[] => {
    const about = { kind: 'patient-control', value: parts[0]?.patientControlNumber ?? '' } as const;
    const detail = amountsOf(answer, parts);
    const by = 'insurer';
    if (answer.imbalances.length > 0) return [{ about, kind: 'remittance-unbalanced', by, detail }];
    const told = remittedTogether(answer, parts);
    const decided: Heard = { about, kind: settledTogether(parts), by, detail, ...(told ? { remitted: told } : {}) };
    // After what it paid, so that this is its last word on who tells the next payer.
    return parts.some(({ statusCode }) => FORWARDED.includes(statusCode))
      ? [decided, { about, kind: 'forwarded', by, detail: { traceNumber: answer.trace } }]
      : [decided];
  });
