import type { PlainDate } from '#libs/kernel';

export interface PostalAddress {
  readonly line: string;
  readonly city: string;
  /** Two letters: US state or Canadian province. */
  readonly region: string;
  /** ZIP or postal code. */
  readonly postal: string;
}

/** Who the client is, as the insurer knows the client. */
export interface ClientIdentity {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: PlainDate;
  readonly sex: 'F' | 'M' | 'U';
  readonly address: PostalAddress;
  /** Where the client asked to be reached instead (45 CFR 164.522(b)): told in place of the other, which then stays. */
  readonly confidentialAddress?: PostalAddress;
  readonly phone?: string;
  readonly email?: string;
}
