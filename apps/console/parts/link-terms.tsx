import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { CreateSigningLink } from '#libs/contracts';
import { catalogue, useWords } from '../words/language.js';
import { errorAt, type Places } from './places.js';

export interface LinkTerms {
  readonly language: CreateSigningLink['language'];
  /** As typed. */
  readonly days: string;
  readonly factor: CreateSigningLink['factor'];
}

export const LINK_TERMS: LinkTerms = { language: 'en', days: '7', factor: 'birth-date' };

const termWords = catalogue({
  en: {
    language: 'Language',
    languages: { en: 'English', es: 'Español' },
    days: 'Days it lives (1 to 14)',
    factor: 'Question before a word is shown',
    factors: { 'birth-date': 'Date of birth', code: 'A code that you tell by phone' },
  },
});

interface LinkTermsProps {
  readonly value: LinkTerms;
  readonly onChange: (value: LinkTerms) => void;
  readonly places: Places;
  /** Where they stand in the body. */
  readonly at?: string;
}

export const LinkTermsFields = ({ value, onChange, places, at = '' }: LinkTermsProps) => {
  const words = useWords(termWords);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NativeSelect
        label={words.language}
        data={Object.entries(words.languages).map(([language, label]) => ({ value: language, label }))}
        value={value.language}
        onChange={(event) => onChange({ ...value, language: event.currentTarget.value === 'es' ? 'es' : 'en' })}
      />
      <TextInput
        label={words.days}
        inputMode="numeric"
        maxLength={2}
        value={value.days}
        onChange={(event) => onChange({ ...value, days: event.currentTarget.value })}
        {...errorAt(places, `${at}/days`)}
      />
      <NativeSelect
        label={words.factor}
        data={Object.entries(words.factors).map(([factor, label]) => ({ value: factor, label }))}
        value={value.factor}
        onChange={(event) =>
          onChange({ ...value, factor: event.currentTarget.value === 'code' ? 'code' : 'birth-date' })
        }
      />
    </SimpleGrid>
  );
};
