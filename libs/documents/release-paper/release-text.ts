import { type FieldCategory, type FieldId, fieldOf, type Purpose } from '#libs/catalogue';
import type { PlainDate } from '#libs/kernel';
import type { RecipientClass, Statement } from '#libs/release';
import { type ReleaseLanguage, releaseWords } from './release-languages.js';

/** What a release says, before it is put into words. */
export interface ReleaseFacts {
  readonly practice: string;
  readonly recipient: { readonly name: string } | { readonly class: RecipientClass };
  readonly purposes: readonly Purpose[];
  readonly granted: readonly FieldId[];
  /** With the words that it has of its own. */
  readonly preset?: { readonly id: string; readonly clientWords: string };
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  readonly validFrom?: PlainDate;
  readonly validUntil?: PlainDate;
  readonly expiryEvent?: string;
  readonly statements: readonly Statement[];
}

export interface ReleaseGroup {
  readonly category: FieldCategory;
  readonly title: string;
  readonly fields: readonly string[];
  /** Whether the client may take it out. Who it is about has to be said. */
  readonly optional: boolean;
}

/** What the client reads, in one language, in the order in which it stands there. */
export interface ReleaseText {
  readonly language: ReleaseLanguage;
  readonly title: string;
  readonly intro: readonly string[];
  readonly purposes: readonly string[];
  readonly groups: readonly ReleaseGroup[];
  readonly terms: readonly string[];
  readonly statements: readonly string[];
}

const NEEDED: readonly FieldCategory[] = ['administrative', 'enclosure'];

const filled = (words: string, values: Readonly<Record<string, string>>): string =>
  words.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

const groupsOf = (granted: readonly FieldId[], language: ReleaseLanguage): readonly ReleaseGroup[] => {
  const words = releaseWords(language);
  const categories = [...new Set(granted.map((id) => fieldOf(id).category))];
  return categories.map((category) => ({
    category,
    title: words.categories[category],
    fields: granted.filter((id) => fieldOf(id).category === category).map(words.field),
    optional: !NEEDED.includes(category),
  }));
};

const sessionsOf = ({ serviceFrom: from, serviceTo: to }: ReleaseFacts, language: ReleaseLanguage): string => {
  const { sessions } = releaseWords(language);
  if (from !== undefined && to !== undefined) return filled(sessions.both, { from, to });
  if (from !== undefined) return filled(sessions.from, { from });
  return to === undefined ? sessions.all : filled(sessions.to, { to });
};

/** The elements of 45 CFR 164.508(c) in the client's words. */
export const releaseText = (facts: ReleaseFacts, language: ReleaseLanguage): ReleaseText => {
  const words = releaseWords(language);
  const { practice, preset, validFrom, validUntil, expiryEvent } = facts;
  const recipient = 'name' in facts.recipient ? facts.recipient.name : words.recipientClasses[facts.recipient.class];
  return {
    language,
    title: words.title,
    intro: [
      filled(words.intro, { practice, recipient }),
      ...(preset === undefined ? [] : [words.preset(preset.id) ?? preset.clientWords]),
    ],
    purposes: facts.purposes.map((purpose) => words.purposes[purpose]),
    groups: groupsOf(facts.granted, language),
    terms: [
      sessionsOf(facts, language),
      ...(validFrom === undefined ? [] : [filled(words.validFrom, { date: validFrom })]),
      ...(validUntil === undefined ? [] : [filled(words.validUntil, { date: validUntil })]),
      ...(expiryEvent === undefined ? [] : [filled(words.expiryEvent, { event: expiryEvent })]),
    ],
    statements: facts.statements.map((statement) => words.statements[statement]),
  };
};
