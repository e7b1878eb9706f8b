import type { FieldCategory, FieldId, Purpose } from '#libs/catalogue';

/** Everything that a client reads when a release is to be signed. Braces are filled in; each language says all of it. */
export interface ReleaseWords {
  readonly title: string;
  readonly intro: string;
  readonly recipientClasses: Readonly<
    Record<'insurer' | 'physician' | 'naturopath' | 'lawyer' | 'agency' | 'client', string>
  >;
  readonly purposeTitle: string;
  readonly purposes: Readonly<Record<Purpose, string>>;
  readonly informationTitle: string;
  readonly categories: Readonly<Record<FieldCategory, string>>;
  readonly field: (id: FieldId) => string;
  /** What a preset tells, by its id; other presets have their own words. */
  readonly preset: (id: string) => string | undefined;
  readonly sessions: Readonly<Record<'all' | 'from' | 'to' | 'both', string>>;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly expiryEvent: string;
  readonly statementsTitle: string;
  readonly statements: Readonly<
    Record<'revocation' | 'conditioning' | 'redisclosure' | 'part2' | 'inspection', string>
  >;
  readonly signature: string;
  readonly signedAt: string;
  readonly typedElsewhere: string;
  readonly digest: string;
  readonly page: {
    readonly question: string;
    readonly answer: string;
    readonly proceed: string;
    readonly notRight: string;
    readonly choose: string;
    readonly required: string;
    readonly name: string;
    readonly consent: string;
    readonly sign: string;
    readonly signed: string;
    readonly copy: string;
    readonly notSigned: string;
    readonly otherLanguage: string;
    readonly tooMany: string;
  };
}
