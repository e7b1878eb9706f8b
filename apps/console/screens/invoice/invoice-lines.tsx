import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconCopyPlus, IconPlus, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { money } from '../../parts/format.js';
import { errorAt, type Places, placesBelow } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { type LineDraft, MOST_LINES, totalOf } from './invoice-draft.js';
import classes from './invoice.module.css';
import { invoiceWords } from './words.js';

/** What can be done to the lines; the key says to which. */
export interface LineActions {
  readonly put: (key: number, change: Partial<LineDraft>) => void;
  readonly repeat: (key: number) => void;
  readonly remove: (key: number) => void;
  readonly add: () => void;
}

interface LineProps {
  readonly line: LineDraft;
  readonly number: number;
  /** Below `/lines/<n>`, as text, so that a row that has not changed is not drawn again. */
  readonly said: string;
  readonly alone: boolean;
  readonly actions: LineActions;
}

type TextMember = 'date' | 'procedure' | 'modifiers' | 'units' | 'charge' | 'pointers';

const MEMBERS: readonly {
  readonly name: TextMember;
  readonly mode?: 'decimal' | 'numeric';
  readonly longest: number;
}[] = [
  { name: 'date', longest: 10 },
  { name: 'procedure', longest: 10 },
  { name: 'modifiers', longest: 24 },
  { name: 'units', mode: 'numeric', longest: 3 },
  { name: 'charge', mode: 'decimal', longest: 14 },
  { name: 'pointers', longest: 30 },
];

const Line = memo(({ line, number, said, alone, actions }: LineProps) => {
  const words = useWords(invoiceWords);
  const places = JSON.parse(said) as Places;
  // What is wrong with one of several modifiers or pointers is said at the field in which they stand.
  const errorOf = (name: string): { readonly error?: string } => {
    const first = Object.keys(placesBelow(places, `/${name}`))[0];
    return first === undefined ? {} : errorAt(places, `/${name}${first}`);
  };
  return (
    <div role="group" aria-label={words.line(number)} className={classes.line}>
      <Text size="sm" c="dimmed" className={classes.lineNumber} aria-hidden>
        {number}
      </Text>
      {MEMBERS.map(({ name, mode, longest }) => (
        <TextInput
          key={name}
          aria-label={words.ofLine(words[name], number)}
          {...(name === 'date' ? { type: 'date' } : { maxLength: longest })}
          {...(mode === undefined ? {} : { inputMode: mode })}
          {...(name === 'charge' ? { classNames: { input: classes.amount ?? '' } } : {})}
          size="xs"
          autoComplete="off"
          spellCheck={false}
          value={line[name]}
          onChange={(event) => actions.put(line.key, { [name]: event.currentTarget.value })}
          {...errorOf(name)}
        />
      ))}
      <NativeSelect
        aria-label={words.ofLine(words.character, number)}
        size="xs"
        data={[
          { value: '', label: words.unsaid },
          ...Object.entries(words.characters).map(([value, label]) => ({ value, label })),
        ]}
        value={line.character}
        onChange={(event) => actions.put(line.key, { character: event.currentTarget.value })}
        {...errorOf('character')}
      />
      <Group gap={0} wrap="nowrap">
        <ActionIcon variant="subtle" aria-label={words.copyLine(number)} onClick={() => actions.repeat(line.key)}>
          <IconCopyPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={words.removeLine(number)}
          disabled={alone}
          onClick={() => actions.remove(line.key)}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </div>
  );
});
Line.displayName = 'Line';

interface InvoiceLinesProps {
  readonly lines: readonly LineDraft[];
  readonly places: Places;
  readonly actions: LineActions;
  readonly currency: 'USD' | 'CAD';
}

/** What was done and what it costs, line by line, with the total that follows from them. */
export const InvoiceLines = ({ lines, places, actions, currency }: InvoiceLinesProps) => {
  const words = useWords(invoiceWords);
  const full = lines.length >= MOST_LINES;
  return (
    <section aria-label={words.lines}>
      <Group justify="space-between" mb={4}>
        <Text fw={600}>{words.lines}</Text>
        <Text size="sm" c="dimmed">
          {words.lineCount(lines.length)}
        </Text>
      </Group>
      <div className={classes.lines} role="group" aria-label={words.lines} tabIndex={0}>
        <div className={classes.line} aria-hidden>
          {[
            '',
            words.date,
            words.procedure,
            words.modifiers,
            words.units,
            words.charge,
            words.pointers,
            words.character,
            '',
          ].map((header, index) => (
            <Text key={index} size="xs" fw={600} c="dimmed">
              {header}
            </Text>
          ))}
        </div>
        {lines.map((line, index) => (
          <Line
            key={line.key}
            line={line}
            number={index + 1}
            said={JSON.stringify(placesBelow(places, `/lines/${index}`))}
            alone={lines.length === 1}
            actions={actions}
          />
        ))}
      </div>
      {places['/lines'] === undefined ? null : (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {places['/lines']}
        </Text>
      )}
      <Group justify="space-between" mt="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={actions.add}
          disabled={full}
        >
          {words.addLine}
        </Button>
        <Text fw={700} aria-live="polite">
          {words.total} {money(totalOf(lines), currency)}
        </Text>
      </Group>
    </section>
  );
};
