import { List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReleaseView } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { day } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { onReleaseWords } from './words.js';

const dayOf = (plain: string | undefined): string | undefined => (plain === undefined ? undefined : day(plain));

/** What a signed release says: it never changes. */
export const TermsPanel = ({ release }: { readonly release: ReleaseView }) => {
  const words = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  const catalogue = useRead('GET /v1/catalogue', {});
  const categories = new Map((catalogue.data?.rows ?? []).map(({ id, category }) => [id, category]));
  const groups = new Map<string, string[]>();
  for (const { field, clientWords } of release.granted) {
    const category = categories.get(field) ?? '';
    groups.set(category, [...(groups.get(category) ?? []), clientWords]);
  }
  const { serviceFrom, serviceTo, statements } = release.terms;
  return (
    <Stack>
      <Text size="sm">
        {words.services}: {words.servicesFrom(dayOf(serviceFrom), dayOf(serviceTo)) || words.allServices}
      </Text>
      <Title order={3} size="h5">
        {words.granted}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {[...groups].map(([category, fields]) => (
          <div key={category}>
            <Text fw={600} size="sm">
              {names.category[category] ?? category}
            </Text>
            <List size="sm">
              {fields.map((field) => (
                <List.Item key={field}>{field}</List.Item>
              ))}
            </List>
          </div>
        ))}
      </SimpleGrid>
      <Title order={3} size="h5">
        {words.statements}
      </Title>
      <List size="sm">
        {statements.map((one) => (
          <List.Item key={one}>{names.statement[one]}</List.Item>
        ))}
      </List>
    </Stack>
  );
};
