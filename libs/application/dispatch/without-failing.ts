import type { DisclosureRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';

/** An error while deciding or rendering: nothing leaves, and its neighbours go on. */
export const withoutFailing = <T>(
  services: PermittingServices,
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
