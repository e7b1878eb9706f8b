import { Inject, Injectable } from '@nestjs/common';
import { newSecret, verifyPassword } from '#libs/access';
import type { Credential } from '#libs/application';
import type { SignIn } from '#libs/contracts';
import { Attempts } from './attempts.js';
import { type ApiDependencies, DEPENDENCIES } from './dependencies.js';
import { ProblemError } from './problem-error.js';
import { given } from './problem-status.js';
import { contextOf } from './request-context.js';

export const SESSION_SECONDS = 12 * 60 * 60;

/** Each verification takes 19 MiB; more at once would be a way to exhaust the machine. */
const MOST_AT_ONCE = 8;

export interface OpenedSession {
  readonly secret: string;
  readonly credential: Credential;
}

/** Opens sessions. A wrong name and a wrong password cost the same and are told alike. */
@Injectable()
export class SignInDesk {
  readonly #attempts: Attempts;
  #busy = 0;

  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {
    this.#attempts = new Attempts(dependencies.clock);
  }

  async open({ signIn, password }: SignIn, address: string): Promise<OpenedSession> {
    const attempt = Attempts.nameOf(signIn, address);
    const wait = this.#attempts.wait(attempt);
    if (wait > 0) throw new ProblemError('too_many_attempts', { retryAfterSeconds: Math.ceil(wait / 1_000) });
    if (this.#busy >= MOST_AT_ONCE) throw new ProblemError('unavailable', { retryAfterSeconds: 1 });
    // Until it is known to be right it counts as wrong, so that guesses in one breath wait as those in a row do.
    this.#attempts.failed(attempt);
    const { log } = this.dependencies;
    const { staff, isRight } = await this.#look(signIn, password);
    if (!isRight || staff === undefined) {
      log.write({
        event: 'access.refused',
        code: 'access.sign-in-failed',
        ...(staff === undefined ? {} : { practice: staff.practice, staff: staff.staff }),
      });
      throw new ProblemError('sign_in_failed');
    }
    this.#attempts.succeeded(attempt);
    const { practice, roles, mustChangePassword } = staff;
    return this.#session({ practice, subject: `staff:${staff.staff}`, roles, mustChangePassword });
  }

  async #look(
    signIn: string,
    password: string,
  ): Promise<{
    readonly staff: Awaited<ReturnType<ApiDependencies['directory']['findStaff']>>;
    readonly isRight: boolean;
  }> {
    this.#busy += 1;
    try {
      const staff = await this.dependencies.directory.findStaff(signIn.normalize('NFC'));
      return { staff, isRight: await verifyPassword(staff?.passwordHash, password) };
    } finally {
      this.#busy -= 1;
    }
  }

  /** The ledger first: without the entry there is no session. */
  async #session(
    of: Pick<Credential, 'practice' | 'subject' | 'roles' | 'mustChangePassword'>,
  ): Promise<OpenedSession> {
    const { useCases, directory, clock } = this.dependencies;
    const { secret, digest } = newSecret('session');
    const expiresAt = clock.now() + SESSION_SECONDS * 1_000;
    const credential = { ...of, digest, kind: 'session', expiresAt } as const;
    given(await useCases.recordAccess(await contextOf(credential, this.dependencies), { kind: 'signed-in' }));
    await directory.putCredential(credential);
    return { secret, credential };
  }
}
