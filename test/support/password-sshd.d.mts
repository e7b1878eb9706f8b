/** Why it cannot be started here; undefined where it can. */
export const passwordSshdMissing: string | undefined;

/** A server that lets one user in by password and by nothing else. */
export class PasswordSshd {
  static start(password: string): Promise<PasswordSshd>;
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  readonly hostKey: string;
  /** Where files are put, and where answers are left. */
  readonly inbound: string;
  readonly outbound: string;
  /** Ways in which somebody tried to come in, in order. */
  readonly tried: readonly string[];
  misbehave(manner: unknown): void;
  stop(): Promise<void>;
}
