import type { FieldId } from './catalogue.js';

/** What a code says beyond its own field. */
export const REVEALS = [
  'substanceUse',
  'hiv',
  'sti',
  'reproductive',
  'abuse',
  'genderIdentity',
  'sexuality',
  'othersPresent',
  'crisis',
] as const;

export type Reveal = (typeof REVEALS)[number];

/** The same for people. */
export const REVEAL_WORDS: Readonly<Record<Reveal, string>> = {
  substanceUse: 'substance use',
  hiv: 'HIV',
  sti: 'sexually transmitted infections',
  reproductive: 'reproductive health',
  abuse: 'abuse',
  genderIdentity: 'gender identity',
  sexuality: 'sexuality',
  othersPresent: 'others in the session',
  crisis: 'a crisis',
};

/** The grant without which a code that reveals this may not go, wherever the code stands. */
export const GRANT_FOR_REVEAL: Readonly<Record<Reveal, FieldId>> = {
  substanceUse: 'sud.present',
  hiv: 'hiv.status',
  sti: 'sti.status',
  reproductive: 'reproductive.status',
  abuse: 'risk.abuseVictim',
  genderIdentity: 'client.genderIdentity',
  sexuality: 'client.sexualOrientation',
  othersPresent: 'session.character',
  crisis: 'procedure.addOn',
};

export type CodeSystem = 'diagnosis' | 'procedure' | 'modifier' | 'placeOfService' | 'taxonomy';

/** One class of codes: an exact code, or all codes that begin with it when `prefix` is set. The longest match counts. */
export interface CodeClass {
  readonly system: CodeSystem;
  readonly code: string;
  readonly prefix: boolean;
  readonly reveals: readonly Reveal[];
}

/** What codes reveal, as data (config/codes). A code that no class knows is `unclassified`, and holds. */
export interface CodeClasses {
  readonly version: string;
  reveals(system: CodeSystem, code: string): readonly Reveal[] | 'unclassified';
}

export const codeClasses = (version: string, classes: readonly CodeClass[]): CodeClasses => {
  const exact = new Map<string, readonly Reveal[]>();
  const prefixes = new Map<string, readonly Reveal[]>();
  for (const one of classes) (one.prefix ? prefixes : exact).set(`${one.system}:${one.code}`, one.reveals);
  return {
    version,
    reveals(system, code) {
      const found = exact.get(`${system}:${code}`);
      if (found) return found;
      for (let length = code.length; length > 0; length -= 1) {
        const class_ = prefixes.get(`${system}:${code.slice(0, length)}`);
        if (class_) return class_;
      }
      return 'unclassified';
    },
  };
};
