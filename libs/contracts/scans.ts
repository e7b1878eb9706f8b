import { z } from 'zod';
import type { ReleaseId } from '#libs/kernel';
import { id, instant } from './scalars.js';
import { signature } from './releases.js';

/** Media types in which a signed paper may be attached. */
export const SCAN_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;

export const LARGEST_SCAN = 8 * 1_048_576;

/** The picture of a signed paper. `to-check`: nothing goes under it before another person has looked at it. */
export const scanView = z
  .strictObject({
    id: z.uuid(),
    release: z.uuid(),
    mediaType: z.enum(SCAN_TYPES),
    size: z.int().min(1).max(LARGEST_SCAN),
    status: z.enum(['to-check', 'accepted', 'refused']),
    attachedBy: z.string().max(60),
    attachedAt: instant,
    checkedBy: z.string().max(60).exactOptional(),
    checkedAt: instant.exactOptional(),
  })
  .meta({ id: 'Scan' });

/** What the second person saw: the signatures on the paper, which sign the release, or why it will not do. */
export const checkScan = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('accepted'),
      signatures: z.array(signature).min(1).max(6),
      relation: z.strictObject({ kind: z.enum(['adds_to', 'supersedes']), older: id<ReleaseId>() }).exactOptional(),
    }),
    z.strictObject({
      outcome: z.literal('refused'),
      reason: z.enum(['illegible', 'other-release', 'not-signed', 'incomplete']),
    }),
  ])
  .meta({ id: 'CheckScan' });

export type ScanView = z.input<typeof scanView>;
export type CheckScan = z.output<typeof checkScan>;
