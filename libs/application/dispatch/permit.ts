import type { TransmissionId } from '#libs/kernel';

const PERMITTED_HERE = Symbol('intent');

/** A permit without a first byte is dead after this, in milliseconds. */
export const PERMIT_LIFE = 5_000;

export interface PermitGrant {
  readonly transmission: TransmissionId;
  readonly attempt: string;
  /** Which attempt of its disclosure it is, from 1. */
  readonly ordinal: number;
  /** Monotonic, in milliseconds, read before the transaction began. */
  readonly permittedAt: number;
}

/**
 * Leave to send one transmission once. Made by the INTENT transaction only, after its commit; a claim about nobody, which
 * has no INTENT, gets one after the commit of its entry in the ledger.
 */
export class Permit {
  readonly #built: symbol;
  #used = false;

  private constructor(
    built: symbol,
    private readonly grant: PermitGrant,
  ) {
    if (built !== PERMITTED_HERE) throw new TypeError('only the INTENT transaction makes a permit');
    this.#built = built;
  }

  get transmission(): TransmissionId {
    return this.grant.transmission;
  }

  /** Id of the attempt that it stands for. */
  get attempt(): string {
    return this.grant.attempt;
  }

  get ordinal(): number {
    return this.grant.ordinal;
  }

  static is(permit: Permit): boolean {
    return #built in permit;
  }

  /** Asked once, directly before the first byte; false when it is too late or was asked before. */
  use(monotonicNow: number): boolean {
    if (this.#used || monotonicNow >= this.grant.permittedAt + PERMIT_LIFE) return false;
    this.#used = true;
    return true;
  }

  /** @internal */
  static make(key: symbol, grant: PermitGrant): Permit {
    return new Permit(key, grant);
  }
}

/** For the INTENT transaction and the test claim, beside this file. */
export const grantPermit = (grant: PermitGrant): Permit => Permit.make(PERMITTED_HERE, grant);
