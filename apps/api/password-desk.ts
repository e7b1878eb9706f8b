import { Inject, Injectable } from '@nestjs/common';
import { hashPassword, newPassword, newSecret, verifyPassword } from '#libs/access';
import type { Credential } from '#libs/application';
import type { ChangePassword } from '#libs/contracts';
import { issue, type Result } from '#libs/kernel';
import { Attempts } from './attempts.js';
import { type ApiDependencies, DEPENDENCIES } from './dependencies.js';
import { ProblemError } from './problem-error.js';
import { given } from './problem-status.js';
import { SESSION_SECONDS } from './sign-in-desk.js';
import type { RequestContext } from './use-cases/asked.js';

/** A password of somebody else’s making, to be shown once. */
export interface MadePassword {
  readonly password: string;
  readonly passwordHash: string;
}

/** Makes passwords and changes them. What is stored of one is its hash alone. */
@Injectable()
export class PasswordDesk {
  readonly #attempts: Attempts;

  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {
    this.#attempts = new Attempts(dependencies.clock);
  }

  async make(): Promise<MadePassword> {
    const password = newPassword();
    return { password, passwordHash: given(await hashPassword(password)) };
  }

  /**
   * Asks for the password so far, though there is a session: it may have been left open. Every session ends, and the
   * asker gets a new one. Gives its secret.
   */
  async change(
    by: { readonly context: RequestContext; readonly credential: Credential; readonly address: string },
    { current, next }: ChangePassword,
  ): Promise<string> {
    const { context, credential, address } = by;
    const { useCases, directory, clock } = this.dependencies;
    const attempt = Attempts.nameOf(context.actor, address);
    const wait = this.#attempts.wait(attempt);
    if (wait > 0) throw new ProblemError('too_many_attempts', { retryAfterSeconds: Math.ceil(wait / 1_000) });
    this.#attempts.failed(attempt);
    const staff = await directory.findStaff(given(await useCases.ownSignIn(context)));
    if (!(await verifyPassword(staff?.passwordHash, current))) throw new ProblemError('sign_in_failed');
    this.#attempts.succeeded(attempt);
    if (current.normalize('NFC') === next.normalize('NFC'))
      throw new ProblemError('refused', { issues: [issue('password_unchanged', '/next')] });
    given(await useCases.changeOwnPassword(context, given(at(await hashPassword(next), '/next'))));
    const { secret, digest } = newSecret('session');
    const { practice, subject, roles } = credential;
    const expiresAt = clock.now() + SESSION_SECONDS * 1_000;
    await directory.putCredential({ practice, subject, roles, digest, kind: 'session', expiresAt });
    return secret;
  }
}

/** The same issues, about this member. */
const at = <T>(result: Result<T>, path: string): Result<T> =>
  result.ok ? result : { ok: false, issues: result.issues.map((one) => ({ ...one, path })) };
