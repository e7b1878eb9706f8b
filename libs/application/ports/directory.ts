import type { PracticeId, SigningLinkId, StaffId } from '#libs/kernel';
import type { Role } from './records.js';

/** What may be known before the practice is known: sign-in names and digests of credentials. No client data. */
export interface Directory {
  findStaff(signIn: string): Promise<
    | {
        readonly practice: PracticeId;
        readonly staff: StaffId;
        readonly passwordHash: string;
        readonly roles: readonly Role[];
        readonly name: string;
        readonly mustChangePassword: boolean;
      }
    | undefined
  >;
  putCredential(credential: NewCredential): Promise<void>;
  /** By SHA-256 of the secret, hex. Expired and revoked ones are not found, nor sessions of who was disabled. */
  findCredential(digest: string): Promise<Credential | undefined>;
  revokeCredential(digest: string): Promise<void>;
  /** The link whose secret, or whose session's, has this SHA-256; also one that is over. */
  findSigningLink(digest: string): Promise<{ readonly practice: PracticeId; readonly link: SigningLinkId } | undefined>;
  practices(): Promise<readonly PracticeId[]>;
}

/** A key of a program says what it is for. */
export type NewCredential =
  (Credential & { readonly kind: 'session' }) | (Credential & { readonly kind: 'api-key'; readonly label: string });

export interface Credential {
  readonly digest: string;
  readonly kind: 'session' | 'api-key';
  readonly practice: PracticeId;
  /** `staff:<uuid>` or `key:<uuid>`. */
  readonly subject: string;
  /** Of a session those that the person has now. */
  readonly roles: readonly Role[];
  readonly expiresAt: number;
  /** Nothing else is let through with it before the password is changed. */
  readonly mustChangePassword?: boolean;
}
