import { z } from 'zod';
import type { ReleaseId } from '#libs/kernel';
import { issueShape } from './problems.js';
import { date, id, instant } from './scalars.js';
import { signingLinkMade, signingTerms } from './signing-links.js';

const MOST_RENEWED = 100;

export const expiringQuery = z.strictObject({ within: z.enum(['30', '14', '3']).exactOptional() });

/** A signed release whose last day is near, and the reminders of it that were due. */
export const expiringRelease = z
  .strictObject({
    release: z.uuid(),
    client: z.uuid(),
    validUntil: z.iso.date(),
    daysLeft: z.int().min(0).max(30),
    reminders: z.array(z.strictObject({ days: z.int().min(3).max(30), dueAt: instant })).max(3),
  })
  .meta({ id: 'ExpiringRelease' });

/** With `link`, each client gets a link to sign; the new release then replaces the one before. */
export const renewReleases = z
  .strictObject({
    releases: z.array(id<ReleaseId>()).min(1).max(MOST_RENEWED),
    validUntil: date,
    link: z.strictObject(signingTerms).exactOptional(),
  })
  .meta({ id: 'RenewReleases' });

/** What became of each, in their order: a draft that adds nothing, or why there is none. */
export const renewals = z
  .strictObject({
    rows: z
      .array(
        z.strictObject({
          release: z.uuid(),
          draft: z.uuid().exactOptional(),
          link: signingLinkMade.exactOptional(),
          issues: z.array(issueShape).max(100),
        }),
      )
      .max(MOST_RENEWED),
  })
  .meta({ id: 'Renewals' });

export type ExpiringReleaseView = z.input<typeof expiringRelease>;
export type RenewReleases = z.output<typeof renewReleases>;
export type Renewals = z.input<typeof renewals>;
