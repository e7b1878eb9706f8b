import type { PlainDate } from '#libs/kernel';
import type { Delimiters } from '../envelope/delimiters.js';

/** An interchange identity: ISA05/06 or ISA07/08, and the application code of GS02 or GS03 (the id where absent). */
export interface TradingPartner {
  readonly qualifier: string;
  /** At most 15 characters. */
  readonly id: string;
  readonly applicationCode?: string;
}

export interface PersonName {
  readonly last: string;
  readonly first?: string;
  readonly middle?: string;
  readonly suffix?: string;
}

/** A clinician with a national provider identifier of type 1. */
export interface Clinician extends PersonName {
  readonly npi: string;
  readonly taxonomy?: string;
}

export interface StreetAddress {
  readonly line: string;
  readonly secondLine?: string;
  readonly city: string;
  /** Two letters. */
  readonly state: string;
  /** Nine digits, with or without a hyphen. */
  readonly postal: string;
}

export interface Contact {
  readonly name?: string;
  /** Ten digits, or an e-mail address; one of them. */
  readonly phone?: string;
  readonly email?: string;
}

export interface BillingProvider {
  readonly name: { readonly organisation: string } | { readonly person: PersonName };
  readonly npi: string;
  readonly taxonomy?: string;
  /** A street: a post office box is refused. */
  readonly address: StreetAddress;
  /** Employer's (`EI`) or social security (`SY`) number, nine digits. */
  readonly taxId: { readonly kind: 'EI' | 'SY'; readonly number: string };
  readonly contact?: Contact;
}

/** An original, or a replacement (`7`) or void (`8`) that quotes the payer's number of the claim. */
export type Resubmission =
  { readonly frequency: '1' } | { readonly frequency: '7' | '8'; readonly payerClaimNumber: string };

/**
 * Everything in a professional claim that does not come from the client's document: practice, trading partners, payer,
 * numbers, moment of creation, and the indicators that are derived from signed papers. No clock is read here.
 */
export interface Envelope837P {
  readonly usage: 'production' | 'test';
  /** ISA14: whether a TA1 is wanted; asked for unless `false`. */
  readonly acknowledgementRequested?: boolean;
  /** `time` is `HHMM`. */
  readonly createdAt: { readonly date: PlainDate; readonly time: string };
  readonly controlNumbers: {
    /** ISA13, nine digits. */
    readonly interchange: string;
    /** GS06, one to nine digits without leading zeros. */
    readonly group: string;
    /** ST02, four to nine characters. */
    readonly set: string;
    /** BHT03, at most 30; a 277CA quotes it. */
    readonly batchReference: string;
    /** CLM01, at most 20; every answer quotes it, so it says nothing about anybody. */
    readonly patientControl: string;
    /** REF*6R of each line in order, at most 30, opaque; as many as there are lines. */
    readonly lines: readonly string[];
  };
  readonly delimiters?: Delimiters;
  readonly sender: TradingPartner;
  readonly receiver: TradingPartner;
  readonly submitter: { readonly name: string; readonly id: string; readonly contact: Contact };
  readonly receiverName: { readonly name: string; readonly id: string };
  readonly billingProvider: BillingProvider;
  /** Written only where the identifier differs from the billing provider's. */
  readonly renderingProvider?: Clinician;
  readonly supervisingProvider?: Clinician;
  readonly payer: {
    readonly name: string;
    readonly id: string;
    readonly idKind: 'PI' | 'XV';
    /** SBR09: `CI` commercial, `BL` Blue Cross, `HM` HMO, `MB` Medicare part B, `MC` Medicaid … */
    readonly filingIndicator: string;
    /** SBR01: first, or second after one other payer that has decided. */
    readonly responsibility: 'P' | 'S';
  };
  /** Where this payer is the second: what signed papers say about the first. Who that is stands in the document. */
  readonly otherPayer?: {
    readonly idKind: 'PI' | 'XV';
    /** OI03: from a signed assignment of that payer’s benefits. */
    readonly benefitsAssigned: 'Y' | 'N' | 'W';
  };
  readonly resubmission: Resubmission;
  readonly indicators: {
    /** CLM06: the provider's signature is on file. */
    readonly signatureOnFile: 'Y' | 'N';
    /** CLM07: accepts assignment, for laboratory services only, or not. */
    readonly participation: 'A' | 'B' | 'C';
    /** CLM08: from a signed assignment of benefits; `W` where not applicable. */
    readonly benefitsAssigned: 'Y' | 'N' | 'W';
    /** CLM09: from the release that decided; `I` where the law permits without one. There is no other value. */
    readonly releaseOfInformation: 'Y' | 'I';
  };
  /** REF*D9, at most 20, where a clearinghouse asks for one. */
  readonly clearinghouseNumber?: string;
  /** Papers sent separately; needed when the document has an attachment. */
  readonly attachment?: {
    /** PWK01, such as `OZ`. */
    readonly reportType: string;
    readonly transmission: 'BM' | 'EL' | 'EM' | 'FT' | 'FX';
    readonly controlNumber: string;
  };
}
