import type { LedgerEntry } from '#libs/application';
import { canonical } from '#libs/kernel';

/** One text for one entry, for ever. Absent members stay absent. */
export const entryBody = (entry: LedgerEntry): string =>
  canonical({
    kind: entry.kind,
    actor: entry.actor,
    ...(entry.client === undefined ? {} : { client: entry.client }),
    ...(entry.disclosure === undefined ? {} : { disclosure: entry.disclosure }),
    ...(entry.insurer === undefined ? {} : { insurer: entry.insurer }),
    ...(entry.subject === undefined ? {} : { subject: entry.subject }),
    ...(entry.codes === undefined ? {} : { codes: entry.codes }),
    ...(entry.grounds === undefined ? {} : { grounds: entry.grounds }),
    ...(entry.epoch === undefined ? {} : { epoch: entry.epoch }),
    ...(entry.contentDigest === undefined ? {} : { contentDigest: entry.contentDigest }),
    ...(entry.rulesetDigest === undefined ? {} : { rulesetDigest: entry.rulesetDigest }),
  });

/** Reads what `entryBody` wrote. */
export const entryOf = (body: string): LedgerEntry => JSON.parse(body) as LedgerEntry;
