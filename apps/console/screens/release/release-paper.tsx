import { List, Stack, Text, Title } from '@mantine/core';
import type { ReleaseTextView } from '#libs/contracts';
import { useWords } from '../../words/language.js';
import { forClientWords } from './words.js';

/** What the client reads, in the order of the paper. */
export const ReleasePaper = ({ text }: { readonly text: ReleaseTextView }) => {
  const words = useWords(forClientWords);
  return (
    <Stack gap="md" lang={text.language}>
      <Title order={2}>{text.title}</Title>
      {text.intro.map((paragraph) => (
        <Text key={paragraph}>{paragraph}</Text>
      ))}
      <Title order={3} size="h4">
        {words.purposes}
      </Title>
      <List>
        {text.purposes.map((purpose) => (
          <List.Item key={purpose}>{purpose}</List.Item>
        ))}
      </List>
      <Title order={3} size="h4">
        {words.information}
      </Title>
      {text.groups.map(({ category, title, fields }) => (
        <div key={category}>
          <Text fw={600}>{title}</Text>
          <List>
            {fields.map((field) => (
              <List.Item key={field}>{field}</List.Item>
            ))}
          </List>
        </div>
      ))}
      <Title order={3} size="h4">
        {words.statements}
      </Title>
      {[...text.terms, ...text.statements].map((paragraph) => (
        <Text key={paragraph}>{paragraph}</Text>
      ))}
    </Stack>
  );
};
