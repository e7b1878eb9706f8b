import type { FormatId, Purpose } from '#libs/catalogue';
import type { DeliveryState } from '#libs/disclosure';
import type { ClinicianId, InsurerId, ReleaseId } from '#libs/kernel';
import { type Authority, effectiveFormat } from '#libs/release';
import type { Dossier } from '../dossier/dossier.js';
import type { Judgement } from '../judgement/judge.js';
import type { Correction, DisclosureOptions } from '../ports/records.js';
import { choicesForGap, type PossibleChoice, possibleChoices } from './possible-choices.js';

/** What a decision was about and what it rests on, beside the rows that it rules. */
export interface DecisionBasis {
  readonly format: FormatId;
  readonly formatRevision: string;
  readonly purpose: Purpose;
  readonly insurer: { readonly id: InsurerId; readonly name: string };
  readonly releases: readonly { readonly id: ReleaseId; readonly revision: number }[];
  readonly rulesetDigest: string;
  /** Clinicians whom the document names, as long as they treat the client. */
  readonly treating: readonly ClinicianId[];
  readonly choices: readonly PossibleChoice[];
  /** For each gap of the view, in its order. */
  readonly gapChoices: readonly (readonly PossibleChoice[])[];
}

export const basisOf = (of: {
  readonly dossier: Dossier;
  readonly judged: Pick<Judgement, 'request' | 'decision'>;
  readonly authority: Authority;
  readonly options: DisclosureOptions;
  readonly correction?: Correction;
  readonly state: DeliveryState;
  readonly treating: readonly ClinicianId[];
}): DecisionBasis => {
  const { dossier, judged, authority } = of;
  const { request, decision } = judged;
  const open = possibleChoices(of);
  return {
    format: request.format,
    formatRevision: effectiveFormat(request.format, request.form).revision,
    purpose: request.purpose,
    insurer: { id: dossier.insurer.id, name: dossier.insurer.profile.name },
    releases: authority.releases
      .filter((one) => decision.releases.includes(one.id))
      .map(({ id, revision }) => ({ id, revision })),
    rulesetDigest: decision.rulesetDigest,
    treating: of.treating,
    choices: open,
    gapChoices: decision.gaps.map((gap) => choicesForGap(gap, of).filter((one) => open.includes(one))),
  };
};
