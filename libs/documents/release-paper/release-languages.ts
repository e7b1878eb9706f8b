import type { ReleaseWords } from './release-words.js';
import { ENGLISH } from './words-en.js';
import { SPANISH } from './words-es.js';

/** Languages in which a client can read and sign. */
export const RELEASE_LANGUAGES = ['en', 'es'] as const;

export type ReleaseLanguage = (typeof RELEASE_LANGUAGES)[number];

const WORDS: Readonly<Record<ReleaseLanguage, ReleaseWords>> = { en: ENGLISH, es: SPANISH };

export const releaseWords = (language: ReleaseLanguage): ReleaseWords => WORDS[language];
