import type { FormatId } from '#libs/catalogue';
import type { MediaType } from '#libs/disclosure';
import type { InsurerId, PlainDate, RouteId } from '#libs/kernel';
import type { InsurerForm, RecipientClass } from '#libs/release';
import type { InsurerConnection } from '../connection.js';

export const CAPABILITIES = ['idempotency-key', 'duplicate-detection', 'probe', 'none'] as const;

/** How one insurer wants it: its profile out of config/insurers. */
export interface InsurerProfile {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly class: RecipientClass;
  readonly payerId: string;
  readonly claimFilingCode: string;
  readonly formats: readonly FormatId[];
  /** Formats that are not the standard transaction, allowed because somebody recorded why. */
  readonly permittedChannels: readonly { readonly format: FormatId; readonly basis: string }[];
  readonly statementMediaType: MediaType;
  readonly reportMediaType: MediaType;
  readonly reportForm?: InsurerForm;
  /** How an ambiguous attempt at this insurer is resolved, best first. */
  readonly resolution: (typeof CAPABILITIES)[number];
  /** For how long it recognises a key or an interchange number that comes again, in hours. */
  readonly recognisesForHours?: number;
  readonly companionChannel: boolean;
  readonly filingDeadlineDays?: number;
  readonly inFlightCap: number;
  /** Claims in one interchange at most, where it takes files and recognises an interchange that comes twice; 1 unless said. */
  readonly claimsPerInterchange?: number;
  /** What may be tried at the insurer without saying anything: a path to ask, below its base; an empty file to make and remove. */
  readonly check?: { readonly path?: string; readonly write?: boolean };
}

export interface InsurerRecord<Connection extends InsurerConnection = InsurerConnection> {
  readonly id: InsurerId;
  readonly profile: InsurerProfile;
  readonly connection: Connection;
  /** The one secret of the connection: a bearer token, or what its kind says. Stored encrypted, never shown, never logged. */
  readonly token: string;
  /** The agent of the practice through whom it is reached; `connection` and `token` are then the agent's. */
  readonly agent?: Agent;
}

/** Somebody under contract with the practice who takes claims to insurers: a clearinghouse. */
export interface Agent {
  readonly route: RouteId;
  readonly name: string;
  /** What makes it the practice's agent (45 CFR 164.504(e)): without it, or past its end, it is somebody else. */
  readonly agreement: { readonly reference: string; readonly signedOn: PlainDate; readonly endsOn?: PlainDate };
  /** The insurer's payer id in the clearinghouse's list. */
  readonly payerId: string;
  /** The payer to whom the clearinghouse takes what bears that id; another one's for a carve-out. */
  readonly resolvesTo: string;
  readonly resolution: InsurerProfile['resolution'];
}
