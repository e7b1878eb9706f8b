import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { IconStarFilled } from '@tabler/icons-react';
import type { DisclosureDetail } from '#libs/contracts';
import { type Fact, Facts } from '../../parts/facts.js';
import { day, instant, money } from '../../parts/format.js';
import { InnerLink } from '../../parts/inner-link.js';
import { servicesOf } from '../../parts/services.js';
import { StatusChip } from '../../parts/status-chip.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import classes from './submission.module.css';
import { quotedNumbers } from './quoted-numbers.js';
import { submissionWords } from './words.js';

type Detail = DisclosureDetail;

const lastAmount = (detail: Detail, name: 'paid' | 'clientShare'): string | undefined => {
  const amount = detail.answers.flatMap((answer) => answer[name] ?? []).at(-1);
  return amount === undefined ? undefined : money(amount);
};

const Numbers = ({ detail }: { readonly detail: Detail }) => {
  const { numbers: words } = useWords(submissionWords);
  const { ours, clearinghouse, payer, interchange, quote } = quotedNumbers(detail);
  const quoted = (
    <Badge color="river" variant="filled" size="sm" tt="none" leftSection={<IconStarFilled size={10} aria-hidden />}>
      {words.quote}
    </Badge>
  );
  const number = (value: string | undefined, isQuoted: boolean) =>
    value === undefined ? undefined : (
      <>
        <span className={classes.number}>{value}</span> {isQuoted ? quoted : null}
      </>
    );
  return (
    <section aria-label={words.title}>
      <Text size="sm" fw={600} mb={6}>
        {words.title}
      </Text>
      {quote === undefined ? (
        <Text size="sm" c="dimmed" mb={6}>
          {words.none}
        </Text>
      ) : null}
      <Facts
        of={[
          { name: words.payer, value: number(payer, quote === 'payer') },
          { name: words.ours, value: number(ours, quote === 'ours') },
          { name: words.clearinghouse, value: number(clearinghouse, false) },
          { name: words.interchange, value: number(interchange, false) },
        ]}
      />
    </section>
  );
};

/** Where it stands, what to do next, and what one needs on the phone. */
export const SubmissionHeader = ({ detail }: { readonly detail: Detail }) => {
  const { facts: words } = useWords(submissionWords);
  const { format, purpose } = useWords(documentWords);
  const facts: readonly Fact[] = [
    {
      name: words.client,
      value: (
        <>
          <InnerLink href={`/clients/${detail.client.id}`} size="sm">
            {detail.client.code}
          </InnerLink>{' '}
          {detail.client.name}
        </>
      ),
    },
    {
      name: words.insurer,
      value: (
        <InnerLink href={`/insurers/${detail.insurer.id}`} size="sm">
          {detail.insurer.name}
        </InnerLink>
      ),
    },
    { name: words.format, value: format[detail.format] },
    { name: words.purpose, value: purpose[detail.purpose] },
    { name: words.services, value: servicesOf(detail) },
    { name: words.charged, value: detail.total === undefined ? undefined : money(detail.total) },
    { name: words.paid, value: lastAmount(detail, 'paid') },
    { name: words.share, value: lastAmount(detail, 'clientShare') },
    { name: words.deadline, value: detail.filingDeadline === undefined ? undefined : day(detail.filingDeadline) },
    { name: words.created, value: instant(detail.createdAt) },
    { name: words.attempts, value: detail.attempts === 0 ? undefined : String(detail.attempts) },
  ];
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Group gap="sm" align="center" wrap="wrap">
          <StatusChip status={detail.status} />
          <Text fw={600} className={classes.next}>
            {detail.nextStep}
          </Text>
        </Group>
        <div className={classes.header}>
          <Facts of={facts} />
          <Numbers detail={detail} />
        </div>
      </Stack>
    </Paper>
  );
};
