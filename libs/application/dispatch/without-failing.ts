import type { DisclosureRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';

/** An error while deciding or rendering: nothing leaves, and its neighbours go on. */
export const withoutFailing = <T>(
  services: SendingServices,
  record: DisclosureRecord,
  work: () => T,
): T | undefined => {
  try {
    return work();
  } catch (error) {
    services.log.failure('dispatch.failed', error, { lane: record.lane });
    return undefined;
  }
};
