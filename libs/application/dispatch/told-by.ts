import type { TransmissionId } from '#libs/kernel';
import type { Log } from '../ports/telemetry.js';
import type { SendOutcome } from '../ports/transport.js';

/** What a transport tells. One that throws has told nothing about what it did, so nobody knows whether it arrived. */
export const toldBy = async (
  log: Log,
  transmission: TransmissionId,
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> => {
  try {
    return await send();
  } catch (error) {
    log.failure('dispatch.failed', error, { transmission });
    return { kind: 'ambiguous', code: 'unknown_failure' };
  }
};
