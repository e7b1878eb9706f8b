import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { errorAt, type Places } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { PLACES_OF_SERVICE } from './places-of-service.js';
import { invoiceWords } from './words.js';

const codeIn = (typed: string): string => typed.trim().slice(0, 2);

const nameOfPlace = (code: string): string => {
  const found = PLACES_OF_SERVICE.find(([one]) => one === code);
  return found === undefined ? code : `${found[0]} · ${found[1]}`;
};

interface PlaceOfServiceProps {
  readonly code: string;
  readonly onChange: (code: string) => void;
  readonly places: Places;
}

/** Chosen by its name or typed as two digits. What is typed stays as it is until the field is left. */
export const PlaceOfService = ({ code, onChange, places }: PlaceOfServiceProps) => {
  const words = useWords(invoiceWords);
  const [typed, setTyped] = useState<string>();
  return (
    <Autocomplete
      label={words.place}
      required
      data={PLACES_OF_SERVICE.map(([one]) => nameOfPlace(one))}
      value={typed ?? nameOfPlace(code)}
      onChange={(text) => {
        setTyped(text);
        onChange(codeIn(text));
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyped(undefined)}
      filter={({ options }) => options}
      {...errorAt(places, '/placeOfService')}
    />
  );
};
