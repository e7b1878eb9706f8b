import { createHash } from 'node:crypto';
import type { CodeClasses, Purpose } from '#libs/catalogue';
import { canonical } from '#libs/kernel';
import type { Ceiling, ReadingChoice, Ruleset } from '#libs/release';
import type { InsurerProfile } from '../ports/records.js';

/** A ready-made scope of a release, with the words that a client reads. */
export interface Preset {
  readonly id: string;
  readonly version: string;
  readonly label: string;
  readonly clientWords: string;
  /** What identification it needs, in the client's words. */
  readonly identification: string;
  readonly purposes: readonly Purpose[];
  readonly grants: readonly string[];
}

/** A text that must travel along. */
export interface Notice {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** The data of config/ that decisions rest on, read once at boot. */
export interface RuleBook {
  readonly ceilings: readonly Ceiling[];
  readonly codes: CodeClasses;
  readonly presets: readonly Preset[];
  readonly notices: readonly Notice[];
  /** How each insurer that the installation knows wants it. */
  readonly insurers: readonly InsurerProfile[];
}

const digests = new WeakMap<RuleBook, string>();

const bookDigest = (book: RuleBook): string => {
  const known = digests.get(book);
  if (known) return known;
  const text = canonical({
    ceilings: book.ceilings.map((one) => `${one.id}@${one.version}:${one.enabled ? 'on' : 'off'}`),
    codes: book.codes.version,
    notices: book.notices.map((one) => `${one.id}@${one.version}`),
  });
  const digest = createHash('sha256').update(text).digest('hex');
  digests.set(book, digest);
  return digest;
};

/** The rules of one practice at one moment: the book, and what its privacy officer chose. */
export const rulesetOf = (book: RuleBook, choices: readonly ReadingChoice[]): Ruleset => {
  const chosen = choices.map(({ ceiling, revision }) => `${ceiling}#${revision}`).sort();
  const digest = createHash('sha256')
    .update(canonical({ book: bookDigest(book), chosen }))
    .digest('hex');
  return { digest, ceilings: book.ceilings, choices, codes: book.codes };
};
