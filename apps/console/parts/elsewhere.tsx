import { Alert, List } from '@mantine/core';
import { fieldWords } from '../words/fields.js';
import { useWords } from '../words/language.js';
import type { Places } from './places.js';

interface ElsewhereProps {
  readonly places: Places;
  /** Pointers that have a field in the form. */
  readonly shown: RegExp;
}

/** What no field of the form is about. */
export const Elsewhere = ({ places, shown }: ElsewhereProps) => {
  const words = useWords(fieldWords);
  const others = Object.entries(places).filter(([place]) => !shown.test(place));
  return others.length === 0 ? null : (
    <Alert color="red" title={words.elsewhere}>
      <List size="sm">
        {others.map(([place, sentence]) => (
          <List.Item key={place}>{sentence}</List.Item>
        ))}
      </List>
    </Alert>
  );
};
