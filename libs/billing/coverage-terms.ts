import type { Cents, PlainDate } from '#libs/kernel';
import type { PostalAddress } from './client-identity.js';

/** The policy holder, where that is somebody else: information about a third person. */
export interface Subscriber {
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDate?: PlainDate;
  readonly address?: PostalAddress;
}

/** Another insurer that pays for the same services. */
export interface OtherPayer {
  readonly name: string;
  readonly paid?: Cents;
}

/** What a client’s coverage says. */
export interface CoverageTerms {
  readonly memberId: string;
  readonly groupNumber?: string;
  readonly planName?: string;
  readonly relationship: 'self' | 'spouse' | 'child' | 'other';
  readonly subscriber?: Subscriber;
  readonly otherPayer?: OtherPayer;
}
