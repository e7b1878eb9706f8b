import { type Issue, issue } from '#libs/kernel';
import { parseAmount } from '../../envelope/amount.js';
import { repetitionsOf, type Segment } from '../../read/interchange.js';
import type { FoundLoop } from './match.js';
import { loopsOf, segmentsOf, textAt } from './text-at.js';

/** Rules between the segments of a claim: balance, pointers, resubmission, numbering, dates. */
export const claimIssues = (root: FoundLoop): readonly Issue[] => {
  const created = textAt(segmentsOf(root, 'BHT')[0], 4);
  return claimsIn(root).flatMap((claim) => [
    ...balanceIssues(claim),
    ...diagnosisIssues(claim),
    ...resubmissionIssues(claim),
    ...attachmentIssues(claim),
    ...lineIssues(claim, created),
  ]);
};

const claimsIn = (loop: FoundLoop): readonly FoundLoop[] =>
  loop.id === '2300' ? [loop] : loop.loops.flatMap(claimsIn);

const at = (code: string, path: string, segment: Segment | undefined): Issue =>
  issue(code, path, `segment ${segment?.position ?? 0}`);

const balanceIssues = (claim: FoundLoop): readonly Issue[] => {
  const [head] = segmentsOf(claim, 'CLM');
  const charges = loopsOf(claim, '2400').map((line) => parseAmount(textAt(segmentsOf(line, 'SV1')[0], 2)));
  const sum = charges.reduce<number>((total, charge) => total + (charge ?? 0), 0);
  return parseAmount(textAt(head, 2)) === sum ? [] : [at('x12_unbalanced', '2300/CLM02', head)];
};

const diagnosisIssues = (claim: FoundLoop): readonly Issue[] => {
  const [list] = segmentsOf(claim, 'HI');
  const codes = list?.elements.map((_, index) => textAt(list, index + 1, 2)).filter((code) => code !== '') ?? [];
  const repeated = new Set(codes).size < codes.length ? [at('x12_diagnosis_repeated', '2300/HI01-2', list)] : [];
  const services = loopsOf(claim, '2400').flatMap((line) => segmentsOf(line, 'SV1'));
  const astray = services.flatMap((service) => {
    const pointers = (repetitionsOf(service.elements[6])[0] ?? []).filter((pointer) => pointer !== '');
    const wrong =
      pointers.some((pointer) => Number(pointer) > codes.length) || new Set(pointers).size < pointers.length;
    return wrong ? [at('x12_pointer_astray', '2400/SV107-1', service)] : [];
  });
  return [...repeated, ...astray];
};

/** A replacement or void quotes the payer's number of the claim; an original must not. */
const resubmissionIssues = (claim: FoundLoop): readonly Issue[] => {
  const [head] = segmentsOf(claim, 'CLM');
  const isOriginal = textAt(head, 5, 3) === '1';
  const [quoted] = segmentsOf(claim, 'REF', 'F8');
  if (isOriginal && quoted !== undefined) return [at('x12_not_used', '2300/REF02', quoted)];
  if (!isOriginal && quoted === undefined) return [at('x12_required_missing', '2300/REF02', head)];
  return [];
};

/** Papers sent separately are found by their control number. */
const attachmentIssues = (claim: FoundLoop): readonly Issue[] =>
  segmentsOf(claim, 'PWK').flatMap((segment) => {
    const isNamed = textAt(segment, 5) === 'AC' && textAt(segment, 6) !== '';
    return textAt(segment, 2) === 'AA' || isNamed ? [] : [at('x12_required_missing', '2300/PWK06', segment)];
  });

const lineIssues = (claim: FoundLoop, created: string): readonly Issue[] => {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const [index, line] of loopsOf(claim, '2400').entries()) {
    const [head] = segmentsOf(line, 'LX');
    if (textAt(head, 1) !== String(index + 1)) issues.push(at('x12_count_wrong', '2400/LX01', head));
    const [date] = segmentsOf(line, 'DTP', '472');
    const isRange = textAt(date, 3).includes('-');
    if ((textAt(date, 2) === 'RD8') !== isRange) issues.push(at('x12_not_a_date', '2400/DTP03', date));
    if (created !== '' && textAt(date, 3).slice(-8) > created)
      issues.push(at('x12_date_in_future', '2400/DTP03', date));
    const [control] = segmentsOf(line, 'REF', '6R');
    const number = textAt(control, 2);
    if (number !== '' && seen.has(number)) issues.push(at('x12_control_number_repeated', '2400/REF02', control));
    seen.add(number);
  }
  return issues;
};
