import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Role as StaffRole } from '#libs/application';
import type { CoverageTerms, Currency, SessionCharacter } from '#libs/billing';
import { type Role, words } from '#libs/contracts';
import { ANSWER_KINDS, CLAIM_FREQUENCIES, CORRECTION_KINDS, DELIVERY_STATES, type ShownStatus } from '#libs/disclosure';
import {
  type Curer,
  type Funding,
  RECIPIENT_CLASSES,
  type Revocation,
  type SignerRole,
  type Statement,
} from '#libs/release';

type WordOf<List extends keyof typeof words> = (typeof words)[List][number];

describe('closed words of the wire', () => {
  it('are those of the libs that they come from', () => {
    expect(words.DELIVERY_STATES).toEqual(DELIVERY_STATES);
    expect(words.ANSWER_KINDS).toEqual(ANSWER_KINDS);
    expect(words.CORRECTION_KINDS).toEqual(CORRECTION_KINDS);
    expect(words.CLAIM_FREQUENCIES).toEqual(CLAIM_FREQUENCIES);
    expect(words.RECIPIENT_CLASSES).toEqual(RECIPIENT_CLASSES);
  });

  it('are the same to the compiler', () => {
    expectTypeOf<WordOf<'SHOWN_STATUSES'>>().toEqualTypeOf<ShownStatus>();
    expectTypeOf<WordOf<'CURERS'>>().toEqualTypeOf<Curer>();
    expectTypeOf<WordOf<'FUNDINGS'>>().toEqualTypeOf<Funding>();
    expectTypeOf<WordOf<'SIGNER_ROLES'>>().toEqualTypeOf<SignerRole>();
    expectTypeOf<WordOf<'STATEMENTS'>>().toEqualTypeOf<Statement>();
    expectTypeOf<WordOf<'REVOCATION_CHANNELS'>>().toEqualTypeOf<Revocation['channel']>();
    expectTypeOf<WordOf<'CURRENCIES'>>().toEqualTypeOf<Currency>();
    expectTypeOf<WordOf<'SESSION_CHARACTERS'>>().toEqualTypeOf<SessionCharacter>();
    expectTypeOf<WordOf<'RELATIONSHIPS'>>().toEqualTypeOf<CoverageTerms['relationship']>();
    expectTypeOf<Role>().toEqualTypeOf<StaffRole>();
  });
});
