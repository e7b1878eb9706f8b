import type { LedgerEntry } from '../ports/ledger.js';
import type { Decision } from '#libs/release';
import { plainCode } from './standing.js';

/** What the ledger may say of a decision: codes that do not depend on values, and the papers and rules behind it. */
export const ledgerOf = (decision: Decision): Pick<LedgerEntry, 'codes' | 'grounds' | 'epoch' | 'rulesetDigest'> => ({
  codes: [...new Set(decision.gaps.map((gap) => plainCode(gap.cause)))].sort(),
  grounds: [...decision.releases].map((id) => `release:${id}`).sort(),
  epoch: decision.epoch,
  rulesetDigest: decision.rulesetDigest,
});
