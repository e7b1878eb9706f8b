import { hash, verify } from '@node-rs/argon2';
import { failed, issue, ok, type Result } from '#libs/kernel';

/** Argon2id with 19 MiB, two passes, one lane (RFC 9106; OWASP Password Storage Cheat Sheet). `2` is argon2id. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const SHORTEST = 12;
const LONGEST = 256;

/** A hash of random bytes that nobody knows: verifying against it takes as long as against a real one. */
const DECOY = '$argon2id$v=19$m=19456,t=2,p=1$c2x1aWNlLWRlY295LXNhbHQ$GRV1rUgl4NTxXeEuGQ9BMQvg8zS3ZhCdWT6NTzv5AsU';

/** One text however the keyboard composed it (RFC 8265, OpaqueString). */
const normalised = (password: string): string => password.normalize('NFC');

/** Fails with `password_too_short` (under 12 characters) or `password_too_long` (over 256). No other rule: length is what counts (NIST SP 800-63B 5.1.1.2). */
export const hashPassword = async (password: string): Promise<Result<string>> => {
  const length = Array.from(normalised(password)).length;
  if (length < SHORTEST) return failed(issue('password_too_short', '/password', `at least ${SHORTEST} characters`));
  if (length > LONGEST) return failed(issue('password_too_long', '/password', `at most ${LONGEST} characters`));
  return ok(await hash(normalised(password), PARAMETERS));
};

/** Whether a password belongs to a hash. Without a hash (nobody has that sign-in name) it takes the same time and is false. */
export const verifyPassword = async (passwordHash: string | undefined, password: string): Promise<boolean> => {
  let matches: boolean;
  try {
    matches = await verify(passwordHash ?? DECOY, normalised(password).slice(0, 4 * LONGEST));
  } catch {
    return false;
  }
  return passwordHash !== undefined && matches;
};
