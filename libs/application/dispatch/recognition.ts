import type { InsurerRecord } from '../ports/records.js';

const HOUR = 3_600_000;

/** Hours for which a repetition is recognised where the insurer does not say: ours, and on the careful side. */
const USUAL = { 'idempotency-key': 24, 'duplicate-detection': 30 * 24 } as const;

/**
 * How long after its first attempt a transmission may be sent again to an insurer that recognises repetitions, in
 * milliseconds. Nobody remembers keys and numbers for ever; what comes after that would be a second claim. Insurers that
 * are asked, and those that fetch, have no such end.
 */
export const recognisedFor = ({ profile, connection, agent }: InsurerRecord): number => {
  const { resolution } = profile;
  if (connection.kind === 'inbox' || resolution === 'probe' || resolution === 'none') return Infinity;
  // What a clearinghouse remembers is not what the insurer behind it does.
  const said = agent === undefined ? profile.recognisesForHours : undefined;
  return (said ?? USUAL[resolution]) * HOUR;
};
