import type { DeliveryState } from '#libs/disclosure';
import type { Gap } from '#libs/release';
import type { Dossier } from '../dossier/dossier.js';
import { type Correction, type DisclosureOptions, isVoid } from '../ports/records.js';
import type { Judgement } from '../judgement/judge.js';

/** What a person may do about a disclosure that waits, in the words of the API. */
export type PossibleChoice =
  | 'draft-amendment'
  | 'smaller-format'
  | 'use-markers'
  | 'exclude-lines'
  | 'receipt'
  | 'keep-holding'
  | 'insurer-has-it'
  | 'send-again';

interface Situation {
  readonly state: DeliveryState;
  readonly dossier: Dossier;
  readonly judged: Pick<Judgement, 'request' | 'decision'>;
  readonly options: DisclosureOptions;
  readonly correction?: Correction;
}

const isOfLine = (gap: Gap, lines: readonly string[]): boolean =>
  (gap.occurrences ?? [gap.locus?.occurrence]).some((one) => one !== undefined && lines.includes(one));

/** Choices that could do something about one gap. */
export const choicesForGap = (gap: Gap, situation: Omit<Situation, 'state'>): readonly PossibleChoice[] => {
  const { dossier, judged, options, correction } = situation;
  const { content, insurer } = dossier;
  const { request } = judged;
  const lines = content.kind === 'invoice' ? content.invoice.lines.map((one) => one.id) : [];
  const stillIn = lines.filter((one) => !options.excludedLines.includes(one));
  const choices: PossibleChoice[] = [];
  if (gap.curer === 'client') choices.push('draft-amendment');
  if (request.form?.markers === true && !options.useMarkers && gap.locus !== undefined) choices.push('use-markers');
  // A void says the lines that were sent, and only a claim corrects a claim.
  if (!isVoid(situation) && isOfLine(gap, stillIn) && stillIn.length > 1) choices.push('exclude-lines');
  if (content.kind !== 'invoice') return choices;
  const isSmaller = insurer.profile.formats.includes('statement') && request.format === 'x12-837p';
  if (correction === undefined && isSmaller) choices.push('smaller-format');
  if (insurer.profile.formats.includes('receipt') && request.format !== 'receipt') choices.push('receipt');
  return choices;
};

/** All of them for a disclosure as it stands. */
export const possibleChoices = (situation: Situation): readonly PossibleChoice[] => {
  const { state, judged } = situation;
  if (state === 'parked') return ['insurer-has-it', 'send-again'];
  if (state !== 'held' && state !== 'blocked') return [];
  return [
    ...new Set<PossibleChoice>([
      'keep-holding',
      ...judged.decision.gaps.flatMap((gap) => choicesForGap(gap, situation)),
    ]),
  ];
};
