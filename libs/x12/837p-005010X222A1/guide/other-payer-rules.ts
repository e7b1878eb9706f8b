import { type Issue, issue } from '#libs/kernel';
import { parseAmount } from '../../envelope/amount.js';
import type { Segment } from '../../read/interchange.js';
import type { FoundLoop } from './match.js';
import { loopsOf, segmentsOf, textAt } from './text-at.js';

/** A claim, with the rank (SBR01) of the payer to which it goes. */
interface RankedClaim {
  readonly claim: FoundLoop;
  readonly rank: string;
}

/** Coordination of benefits: who pays in which order, and whether what another payer decided adds up. */
export const otherPayerIssues = (root: FoundLoop): readonly Issue[] => {
  const created = textAt(segmentsOf(root, 'BHT')[0], 4);
  return claimsUnder(root, '').flatMap((ranked) => [
    ...rankIssues(ranked),
    ...decisionsAstray(ranked.claim),
    ...loopsOf(ranked.claim, '2320').flatMap((other) => payerIssues(ranked.claim, other)),
    ...loopsOf(ranked.claim, '2400').flatMap((line) => lineIssues(line, created)),
  ]);
};

const claimsUnder = (loop: FoundLoop, rank: string): readonly RankedClaim[] => {
  if (loop.id === '2300') return [{ claim: loop, rank }];
  const own = loop.id === '2000B' ? textAt(segmentsOf(loop, 'SBR')[0], 1) : rank;
  return loop.loops.flatMap((child) => claimsUnder(child, own));
};

const at = (code: string, path: string, segment: Segment | undefined): Issue =>
  issue(code, path, `segment ${segment?.position ?? 0}`);

/** `U`: the rank is not known. Any other stands once, and whoever comes second comes after a first. */
const rankIssues = ({ claim, rank }: RankedClaim): readonly Issue[] => {
  const others = loopsOf(claim, '2320').flatMap((other) => segmentsOf(other, 'SBR'));
  const ranks = [rank, ...others.map((segment) => textAt(segment, 1))];
  const repeated = others.filter((segment, index) => {
    const own = textAt(segment, 1);
    return own !== 'U' && ranks.indexOf(own) <= index;
  });
  const isLater = rank !== 'P' && rank !== 'U';
  const [head] = segmentsOf(claim, 'CLM');
  return [
    ...repeated.map((segment) => at('x12_payer_repeated', '2320/SBR01', segment)),
    ...(isLater && !ranks.includes('P') ? [at('x12_required_missing', '2320/SBR01', others[0] ?? head)] : []),
  ];
};

const payerIdOf = (other: FoundLoop): string => {
  const [payer] = loopsOf(other, '2330B');
  return payer === undefined ? '' : textAt(segmentsOf(payer, 'NM1')[0], 9);
};

const decisionOf = (line: FoundLoop): readonly (readonly [FoundLoop, Segment | undefined])[] =>
  loopsOf(line, '2430').map((decision) => [decision, segmentsOf(decision, 'SVD')[0]]);

/** A line is decided on by payers that the claim names, by each once. */
const decisionsAstray = (claim: FoundLoop): readonly Issue[] => {
  const payers = loopsOf(claim, '2320').map(payerIdOf);
  return loopsOf(claim, '2400').flatMap((line) => {
    const ids = decisionOf(line).map(([, head]) => textAt(head, 1));
    return decisionOf(line).flatMap(([, head], index) => {
      const id = textAt(head, 1);
      if (!payers.includes(id)) return [at('x12_payer_astray', '2430/SVD01', head)];
      return ids.indexOf(id) < index ? [at('x12_payer_repeated', '2430/SVD01', head)] : [];
    });
  });
};

/** CAS03, CAS06, … of every segment; a number that is none was found by the table. */
const adjusted = (loop: FoundLoop): number =>
  segmentsOf(loop, 'CAS').reduce((sum, segment) => {
    for (let element = 3; element <= 18; element += 3) sum += parseAmount(textAt(segment, element)) ?? 0;
    return sum;
  }, 0);

const amountIn = (loop: FoundLoop, qualifier: string): Segment | undefined => segmentsOf(loop, 'AMT', qualifier)[0];

/** What one payer decided, either line by line or on the claim as a whole. */
const payerIssues = (claim: FoundLoop, other: FoundLoop): readonly Issue[] => {
  const id = payerIdOf(other);
  const lines = loopsOf(claim, '2400');
  const decided = lines.map((line) => decisionOf(line).find(([, head]) => textAt(head, 1) === id)?.[1]);
  const paid = amountIn(other, 'D');
  const [payer] = loopsOf(other, '2330B');
  const dated = payer && segmentsOf(payer, 'DTP', '573')[0];
  if (decided.every((head) => head === undefined)) return paid === undefined ? [] : wholeIssues(claim, other, dated);
  const [head] = segmentsOf(other, 'SBR');
  const issues = lines.flatMap((line, index) =>
    decided[index] === undefined ? [at('x12_required_missing', '2430/SVD01', segmentsOf(line, 'LX')[0])] : [],
  );
  if (dated !== undefined) issues.push(at('x12_not_used', '2330B/DTP03', dated));
  const left = amountIn(other, 'EAF');
  if (left !== undefined) issues.push(at('x12_not_used', '2320/AMT02', left));
  const sum = decided.reduce((total, one) => total + (parseAmount(textAt(one, 2)) ?? 0), 0);
  if (paid === undefined) issues.push(at('x12_required_missing', '2320/AMT02', head));
  else if (parseAmount(textAt(paid, 2)) !== sum - adjusted(other))
    issues.push(at('x12_unbalanced', '2320/AMT02', paid));
  return issues;
};

const wholeIssues = (claim: FoundLoop, other: FoundLoop, dated: Segment | undefined): readonly Issue[] => {
  const paid = amountIn(other, 'D');
  const charged = parseAmount(textAt(segmentsOf(claim, 'CLM')[0], 2)) ?? 0;
  return [
    ...(dated === undefined ? [at('x12_required_missing', '2330B/DTP03', paid)] : []),
    ...(parseAmount(textAt(paid, 2)) === charged - adjusted(other) ? [] : [at('x12_unbalanced', '2320/AMT02', paid)]),
  ];
};

/** Charge = paid + adjustments, for each payer that decided on the line; none decides after the claim is made. */
const lineIssues = (line: FoundLoop, created: string): readonly Issue[] => {
  const charge = parseAmount(textAt(segmentsOf(line, 'SV1')[0], 2));
  return decisionOf(line).flatMap(([decision, head]) => {
    const paid = parseAmount(textAt(head, 2)) ?? 0;
    const [date] = segmentsOf(decision, 'DTP', '573');
    return [
      ...(charge === paid + adjusted(decision) ? [] : [at('x12_unbalanced', '2430/SVD02', head)]),
      ...(created !== '' && textAt(date, 3) > created ? [at('x12_date_in_future', '2430/DTP03', date)] : []),
    ];
  });
};
