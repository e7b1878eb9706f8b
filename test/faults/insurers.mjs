/** One insurer of each way to resolve what may have gone, and nothing else: a sandbox that could do more would hide a double. */
export const INSURERS = {
  'harbor-mutual': { idempotencyKey: true, duplicateDetection: false, probe: false },
  'juniper-life': { idempotencyKey: false, duplicateDetection: true, probe: false },
  'cobalt-valley-hmo': { idempotencyKey: false, duplicateDetection: false, probe: true },
  'granite-plan': { idempotencyKey: false, duplicateDetection: false, probe: false },
};

/** The insurer that takes files in the runs that are about files. */
export const OVER_FILES = 'cobalt-valley-hmo';

/** The insurer that fetches in the runs that are about an inbox: it knows by the item what it has had before. */
export const OVER_INBOX = 'harbor-mutual';

/** True for an insurer by whose help what may have gone can always be resolved without a person. */
export const resolvesItself = (insurer) => Object.values(INSURERS[insurer]).some(Boolean);
