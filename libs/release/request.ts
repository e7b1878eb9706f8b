import type {
  Circumstance,
  CodeClasses,
  FieldId,
  FormatField,
  FormatId,
  Locus,
  Occurrence,
  Purpose,
  Reveal,
} from '#libs/catalogue';
import type { ClientId, PlainDate, PracticeId, TimeZone } from '#libs/kernel';
import type { Ceiling, Funding, Licence, ReadingChoice } from './ceiling.js';
import type { RecipientClass } from './release.js';

/**
 * What a document has at a locus, told without the value: that it is there, what its code reveals, whether it is one of
 * the closed words. `decide` sees nothing else of a document.
 */
export interface Offer {
  readonly locus: Locus;
  readonly reveals: readonly Reveal[] | 'unclassified';
  /** Whether the value is in the closed list of the field, where the field has one. */
  readonly inClosedList: boolean;
  /** The closed word itself, only for fields whose values are a closed list that a value shape may narrow. */
  readonly word?: string;
  /** For a pointer: the diagnoses that it names. */
  readonly refersTo?: readonly Occurrence[];
  /** The format that is asked for has no way to write the value; absent where it has. */
  readonly unwritable?: true;
}

/** What one insurer's form asks, out of the widest form of the format (config/insurers). */
export interface InsurerForm {
  readonly id: string;
  readonly version: string;
  readonly fields: readonly { readonly field: FieldId; readonly usage: FormatField['usage'] }[];
  /** The form has a place for “withheld by client authorization”. */
  readonly markers: boolean;
}

export interface DisclosureRequest {
  readonly client: ClientId;
  readonly discloser: PracticeId;
  /** Of the discloser: in it the days of a release begin and end. */
  readonly timeZone: TimeZone;
  readonly recipient: { readonly id: string; readonly class: RecipientClass };
  readonly purpose: Purpose;
  readonly format: FormatId;
  readonly form?: InsurerForm;
  readonly offers: readonly Offer[];
  /** Date of service of each line. */
  readonly serviceDates: ReadonlyMap<Occurrence, PlainDate>;
  /** Dates that the document as a whole is about, where it has no lines (a report: the day of attestation). */
  readonly aboutDates: readonly PlainDate[];
  readonly circumstances: readonly Circumstance[];
  readonly clinicians: readonly Licence[];
  readonly funding: Funding;
  readonly fundingEvidence: boolean;
  /** What the envelope itself gives away: the taxonomy of a practice or clinician. */
  readonly envelopeReveals: readonly Reveal[] | 'unclassified';
  readonly route: {
    /** The payer id of the route leads to this recipient and to nobody else. */
    readonly reachesRecipient: boolean;
    /** Agreement with the agent in between is on file, or nobody is in between. */
    readonly agentAgreement: boolean;
    /** A statement may go to this plan over this channel, as somebody recorded. */
    readonly formatPermitted: boolean;
    /** Enclosures can travel by a channel of their own. */
    readonly companionChannel: boolean;
  };
  readonly part2Program: boolean;
  readonly subscriberIsClient: boolean;
  /** A person chose to put markers where a required field is withheld. */
  readonly useMarkers: boolean;
  /** Lines that a person took out, to be billed otherwise. */
  readonly excludedLines: readonly Occurrence[];
  /** The instant of the decision, in milliseconds. */
  readonly now: number;
}

/** Everything that is not about one client: ceilings in force, chosen readings, code classes. */
export interface Ruleset {
  readonly digest: string;
  readonly ceilings: readonly Ceiling[];
  readonly choices: readonly ReadingChoice[];
  readonly codes: CodeClasses;
}
