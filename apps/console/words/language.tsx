import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

/** Languages of the console. What clients read has all of them; what staff read, English. */
export const LANGUAGES = ['en', 'es'] as const;

export type Language = (typeof LANGUAGES)[number];

interface Speaking {
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const Current = createContext<Speaking>({ language: 'en', speak: () => undefined });

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, speak] = useState<Language>('en');
  const speaking = useMemo(() => ({ language, speak }), [language]);
  return <Current value={speaking}>{children}</Current>;
};

export const useLanguage = (): Speaking => useContext(Current);

/** A catalogue of words: English whole, another language whole or not at all. A word may be a function of what it tells. */
export interface Catalogue<Words> {
  readonly en: Words;
  readonly es?: Words;
}

/** Checks that both languages have the same words. */
export const catalogue = <const Words,>(words: Catalogue<Words>): Catalogue<Words> => words;

/** The words of a screen in the language that is spoken. */
export const useWords = <Words,>(words: Catalogue<Words>): Words => {
  const { language } = useLanguage();
  return words[language] ?? words.en;
};
