import { createHash } from 'node:crypto';
import type { PullTransport } from '#libs/application';

/**
 * Gives sealed bytes to an insurer that has come for them. Its request proves that it wants them and nothing of what
 * arrives, so that whatever was begun stays ambiguous until the insurer says that it has it.
 */
export const createInboxTransport = ({ monotonic }: { readonly monotonic: () => number }): PullTransport => ({
  send: async (sealed, permit, to) => {
    const { record } = sealed;
    if (createHash('sha256').update(record.bytes).digest('hex') !== record.digest)
      return { kind: 'refused', code: 'unknown_failure' };
    if (permit.transmission !== record.transmission) return { kind: 'not-sent', code: 'permit_expired' };
    if (!to.waits()) return { kind: 'not-sent', code: 'connection_closed' };
    if (!permit.use(monotonic())) return { kind: 'not-sent', code: 'permit_expired' };
    const isWhole = await to.give(record);
    return { kind: 'ambiguous', code: isWhole ? 'awaiting_acknowledgement' : 'connection_closed' };
  },
});
