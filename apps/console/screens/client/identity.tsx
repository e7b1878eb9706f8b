import { Stack, Text } from '@mantine/core';
import type { ClientView } from '#libs/contracts';
import { day } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { onClientWords } from './words.js';

const addressOf = ({ line, city, region, postal }: ClientView['identity']['address']): string =>
  `${line}, ${city}, ${region} ${postal}`;

/** Who a client is, in a few lines. */
export const Identity = ({ client }: { readonly client: ClientView }) => {
  const words = useWords(onClientWords);
  const { firstName, lastName, birthDate, address, confidentialAddress, phone, email } = client.identity;
  return (
    <Stack gap={2}>
      <Text fw={700}>
        {client.code} · {firstName} {lastName}
      </Text>
      <Text size="sm">
        {[words.born(day(birthDate)), addressOf(address), phone, email].filter(Boolean).join(' · ')}
      </Text>
      {confidentialAddress === undefined ? null : (
        <Text size="sm">
          {words.confidential}: {addressOf(confidentialAddress)}
        </Text>
      )}
    </Stack>
  );
};
