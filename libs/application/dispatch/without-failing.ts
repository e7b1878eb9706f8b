import type { DisclosureRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';

/** An error while deciding or rendering: nothing leaves, and its neighbours go on. */
export const withoutFailing = <T>(
  services: Pick<PermittingServices, 'log'>,
  record: Partial<Pick<DisclosureRecord, 'lane'>>,
  work: () => T,
): T | undefined => {
  try {
    return work();
  } catch (error) {
    services.log.failure('dispatch.failed', error, record.lane === undefined ? {} : { lane: record.lane });
    return undefined;
  }
};
