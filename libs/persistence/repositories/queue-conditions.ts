import type { DisclosureQueue } from '#libs/application';
import { TODAY } from './practice-days.js';

/** Days after which silence of the insurer is worth a call: a 277CA comes within three (features §4). */
const NO_ANSWER_DAYS = 3;
/** Days before its last day on which a claim that has not gone is shown. */
const DEADLINE_DAYS = 14;

const waitsFor = (curer: string): string => `d.state IN ('held', 'blocked') AND d.curer = '${curer}'`;

/** The insurer has answered, and nobody has begun to correct what it refused. */
const heard = (...kinds: readonly string[]): string =>
  `d.state IN ('sent', 'received') AND d.heard IN (${kinds.map((kind) => `'${kind}'`).join(', ')})
    AND NOT EXISTS (SELECT 1 FROM disclosure o WHERE o.practice_id = d.practice_id AND o.corrects_id = d.id AND o.state <> 'cancelled')`;

const REFUSED = heard('interchange-rejected', 'set-rejected', 'claim-rejected');

/** What stands in each queue. A disclosure may stand in several. */
export const QUEUE_CONDITIONS: Readonly<Record<DisclosureQueue, string>> = {
  'needs-release': waitsFor('client'),
  'gap-chart': waitsFor('chart'),
  'gap-office': waitsFor('office'),
  'gap-practice': waitsFor('practice'),
  'gap-nobody': waitsFor('nobody'),
  'edit-failed': heard('interchange-rejected', 'set-rejected'),
  rejected: heard('claim-rejected'),
  unbalanced: heard('claim-unbalanced', 'remittance-unbalanced'),
  'no-answer': `d.state = 'sent' AND d.updated_at < now() - interval '${NO_ANSWER_DAYS} days'
    AND (d.heard IS NULL OR d.heard NOT IN ('interchange-rejected', 'set-rejected', 'claim-rejected'))`,
  'filing-deadline': `d.filing_deadline <= ${TODAY} + ${DEADLINE_DAYS}
    AND (d.state IN ('drafted', 'held', 'blocked', 'parked', 'unknown') OR (${REFUSED}))`,
  duplicate: heard('interchange-duplicate'),
  unknown: `d.state = 'unknown'`,
  parked: `d.state = 'parked'`,
};

export const DISCLOSURE_QUEUES = Object.keys(QUEUE_CONDITIONS) as readonly DisclosureQueue[];

/** Where the nearest last day counts, and not the age. */
export const byDeadline = (queue: DisclosureQueue): boolean => queue === 'filing-deadline';
