import type { DisclosureId } from '#libs/kernel';
import type { Authority } from '#libs/release';
import type { StoredDecision } from '../ports/records.js';
import type { Judgement } from './judge.js';

/** A decision with its value-free inputs, for replay. The disclosure's own releases suffice: no others can change it. */
export const storedDecision = (
  judged: Judgement,
  authority: Authority,
  of: { readonly id: string; readonly disclosure: DisclosureId; readonly takenAt: number },
): StoredDecision => ({
  ...of,
  request: judged.request,
  authority,
  decision: judged.decision,
  clientRevision: judged.clientRevision,
});
