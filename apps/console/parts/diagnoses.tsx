import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { catalogue, useWords } from '../words/language.js';
import { errorAt, type Places } from './places.js';

/** As many as a claim has room for. */
const MOST_DIAGNOSES = 12;

/** A, B, …: how a claim’s lines point at diagnoses. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

const diagnosisWords = catalogue({
  en: {
    title: 'Diagnoses (ICD-10-CM)',
    hint: 'The first one is the primary diagnosis. Lines point at them by letter.',
    code: (letter: string) => `Diagnosis ${letter}`,
    add: 'Add a diagnosis',
    remove: (letter: string) => `Remove diagnosis ${letter}`,
  },
});

interface DiagnosesProps {
  readonly codes: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
  /** The letters of those after it change. */
  readonly onRemove: (index: number) => void;
  /** Below `/diagnoses`. */
  readonly places: Places;
}

/** Codes without the dot, in order. */
export const Diagnoses = memo(({ codes, onChange, onRemove, places }: DiagnosesProps) => {
  const words = useWords(diagnosisWords);
  const put = (index: number, code: string): void =>
    onChange(codes.map((one, place) => (place === index ? code : one)));
  return (
    <Stack gap="xs" role="group" aria-label={words.title}>
      <Text fw={600}>{words.title}</Text>
      <Text size="sm" c="dimmed">
        {words.hint}
      </Text>
      <Group align="flex-start" gap="sm">
        {codes.map((code, index) => (
          <Group key={index} gap={4} align="flex-end" wrap="nowrap">
            <TextInput
              label={words.code(letterOf(index))}
              w="9rem"
              value={code}
              maxLength={10}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => put(index, event.currentTarget.value.toUpperCase().replaceAll('.', ''))}
              {...errorAt(places, `/${index}/code`)}
            />
            {codes.length > 1 ? (
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={words.remove(letterOf(index))}
                onClick={() => onRemove(index)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            ) : null}
          </Group>
        ))}
      </Group>
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={codes.length >= MOST_DIAGNOSES}
          onClick={() => onChange([...codes, ''])}
        >
          {words.add}
        </Button>
      </div>
    </Stack>
  );
});
Diagnoses.displayName = 'Diagnoses';
