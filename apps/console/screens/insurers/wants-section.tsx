import { Code, List, Stack, Table, Text } from '@mantine/core';
import type { InsurerView } from '#libs/contracts';
import { FactList } from '../../parts/fact-list.js';
import { Section } from '../../parts/section.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { insurerWords } from './words.js';

/** Formats, channels, deadline, and what its form of a treatment report asks. */
export const WantsSection = ({ insurer }: { readonly insurer: InsurerView }) => {
  const words = useWords(insurerWords);
  const { format: formats } = useWords(documentWords);
  const { form, filingDeadlineDays, permittedChannels, profile } = insurer;
  return (
    <Section title={words.wants}>
      <FactList
        rows={[
          [words.payerId, <Code key="payer">{insurer.payerId}</Code>],
          [words.formats, insurer.formats.map((one) => formats[one]).join(', ')],
          [words.deadline, filingDeadlineDays === undefined ? words.noDeadline : words.days(filingDeadlineDays)],
          [
            words.channels,
            permittedChannels.length === 0 ? (
              words.noChannels
            ) : (
              <List key="channels" size="sm">
                {permittedChannels.map(({ format, basis }) => (
                  <List.Item key={format}>
                    {formats[format]}: {basis}
                  </List.Item>
                ))}
              </List>
            ),
          ],
          [words.profile, `${profile.id}, ${profile.version}`],
        ]}
      />
      {form === undefined ? (
        <Text size="sm" c="dimmed">
          {words.noForm}
        </Text>
      ) : (
        <Stack gap="xs">
          <Text fw={600} size="sm">
            {words.form}: {words.formAbout(form.id, form.version)}
          </Text>
          <Text size="sm">{form.markers ? words.markers : words.noMarkers}</Text>
          <Table.ScrollContainer minWidth={280} type="native">
            <Table aria-label={words.form}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.field}</Table.Th>
                  <Table.Th>{words.usage}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {form.fields.map(({ field, label, required }) => (
                  <Table.Tr key={field}>
                    <Table.Td>{label}</Table.Td>
                    <Table.Td>{required ? words.required : words.optional}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Stack>
      )}
    </Section>
  );
};
