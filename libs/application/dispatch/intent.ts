import type { Sealed } from '#libs/disclosure';
import type { ClientId, DisclosureId, Result, TransmissionId } from '#libs/kernel';
import type { Authority } from '#libs/release';
import type { Envelope837P } from '#libs/x12';
import type { Dossier } from '../dossier/dossier.js';
import type { Judgement } from '../judgement/judge.js';
import type { Placement } from '../judgement/standing.js';
import type { DataKey } from '../ports/keys.js';
import type { DispatchHint } from '../ports/queue.js';
import type { Correction, DisclosureRecord, InsurerRecord, TransmissionRecord } from '../ports/records.js';

/** What INTENT is about: a hint, the fence under which its disclosures go, and numbers for those that are sealed now. */
export interface Intent {
  readonly hint: DispatchHint;
  readonly fence: string;
  /** At least as many as the hint has disclosures; those that are used are taken out. */
  readonly numbers: number[];
}

/** What INTENT permitted, and what has to be found out first. */
export interface Intended {
  readonly permitted: readonly Permitted[];
  readonly unresolved: readonly DisclosureId[];
}

/** One transmission that INTENT lets go, once its transaction has committed. */
export interface Permitted {
  readonly disclosure: DisclosureId;
  readonly client: ClientId;
  readonly correction?: Correction;
  readonly transmission: TransmissionId;
  readonly attempt: string;
  readonly attempts: number;
  /** An attempt before this one may have arrived, and nothing has disproved it. */
  readonly mayHaveArrived: boolean;
  readonly sealed: Sealed;
  readonly insurer: InsurerRecord;
}

export interface Item {
  readonly record: DisclosureRecord;
  readonly dossier: Dossier;
  readonly authority: Authority;
  readonly key: DataKey;
  readonly judgement: Judgement;
  readonly resubmission: Result<Envelope837P['resubmission']>;
  readonly now: number;
}

export interface Sealing {
  readonly item: Item;
  readonly sealed: Sealed;
  /** Absent for bytes that were sealed before. */
  readonly fresh?: TransmissionRecord;
  readonly mayHaveArrived: boolean;
}

/** Why an item does not go now. */
export interface Refusal {
  readonly record: DisclosureRecord;
  readonly to: Placement['state'] | 'parked';
  readonly cause: string;
  readonly curer: Placement['curer'];
}

/** States in which a disclosure may be handed out to be sent. */
export const HANDED_OUT = ['ready', 'sealed', 'unknown'] as const;
