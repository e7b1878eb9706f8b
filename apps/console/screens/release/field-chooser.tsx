import { Accordion, Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRead } from '../../ask/queries.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { onReleaseWords } from './words.js';

interface FieldChooserProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

interface GroupProps extends FieldChooserProps {
  readonly category: string;
  readonly fields: readonly { readonly id: string; readonly clientWords: string }[];
}

/** What no ordinary release can grant is not offered. */
const NEVER = 6;

const Group = ({ category, fields, chosen, onChange }: GroupProps) => {
  const { edit } = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  const name = names.category[category] ?? category;
  const count = fields.filter(({ id }) => chosen.has(id)).length;
  const set = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    onChange(next);
  };
  return (
    <Accordion.Item value={category}>
      <Accordion.Control>
        <Text size="sm" span fw={600}>
          {name}
        </Text>{' '}
        <Text size="sm" span c="dimmed">
          {edit.chosen(count, fields.length)}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          <Checkbox
            size="sm"
            fw={600}
            label={edit.wholeGroup(name)}
            checked={count === fields.length}
            indeterminate={count > 0 && count < fields.length}
            onChange={(event) =>
              set(
                fields.map(({ id }) => id),
                event.currentTarget.checked,
              )
            }
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" verticalSpacing={4}>
            {fields.map(({ id, clientWords }) => (
              <Checkbox
                key={id}
                size="sm"
                label={clientWords}
                checked={chosen.has(id)}
                onChange={(event) => set([id], event.currentTarget.checked)}
              />
            ))}
          </SimpleGrid>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
};

/** Every field that a release can grant, by group, in the words that the client reads. */
export const FieldChooser = ({ chosen, onChange }: FieldChooserProps) => {
  const { edit } = useWords(onReleaseWords);
  const catalogue = useRead('GET /v1/catalogue', {});
  const [sought, setSought] = useState('');
  const text = sought.trim().toLowerCase();
  return (
    <Stack gap="xs" role="group" aria-label={edit.fields}>
      <Text fw={600}>{edit.fields}</Text>
      <Text size="sm" c="dimmed">
        {edit.fieldsHint}
      </Text>
      <TextInput
        label={edit.find}
        maw={320}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      <Loaded of={catalogue}>
        {({ rows }) => {
          const open = rows.filter(
            ({ sensitivity, label, clientWords }) =>
              sensitivity < NEVER && `${label} ${clientWords}`.toLowerCase().includes(text),
          );
          const categories = [...new Set(open.map(({ category }) => category))];
          return (
            <Accordion
              multiple
              variant="contained"
              chevronPosition="left"
              keepMounted={false}
              {...(text === '' ? {} : { value: categories })}
            >
              {categories.map((category) => (
                <Group
                  key={category}
                  category={category}
                  fields={open.filter((one) => one.category === category)}
                  chosen={chosen}
                  onChange={onChange}
                />
              ))}
            </Accordion>
          );
        }}
      </Loaded>
    </Stack>
  );
};
