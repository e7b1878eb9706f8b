import { Button, Code, NativeSelect, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type WebhookDeliveryView, type WebhookEndpointView, words as wire } from '#libs/contracts';
import { useDo, useNextPage, usePages } from '../../../ask/queries.js';
import { type Column, DataTable } from '../../../parts/data-table.js';
import { Failure } from '../../../parts/failure.js';
import { instant } from '../../../parts/format.js';
import { Loaded } from '../../../parts/loaded.js';
import { Section } from '../../../parts/section.js';
import { StateBadge } from '../../../parts/state-badge.js';
import { useWords } from '../../../words/language.js';
import { webhookWords } from './words.js';

type State = WebhookDeliveryView['state'];

const TONES = { pending: 'busy', delivered: 'good', failed: 'bad' } as const;

const isState = (word: string | undefined): word is State => wire.WEBHOOK_DELIVERY_STATES.some((one) => one === word);

const answerOf = ({ lastStatus, lastCode }: WebhookDeliveryView): string =>
  [lastStatus === undefined ? undefined : `HTTP ${lastStatus}`, lastCode].filter((one) => one !== undefined).join(' ');

/** What was told to whom, and what came of it. */
export const Deliveries = ({ endpoints }: { readonly endpoints: readonly WebhookEndpointView[] }) => {
  const words = useWords(webhookWords);
  const navigate = useNavigate();
  const { state } = useSearch({ from: '/system/webhooks' });
  const filter = isState(state) ? { state } : {};
  const pages = usePages('GET /v1/webhook-deliveries', { query: { limit: '100', ...filter } }, { every: 5_000 });
  const nextPage = useNextPage(pages);
  const redeliver = useDo('POST /v1/webhook-deliveries/{id}/redelivery', {
    then: () => notifications.show({ message: words.redelivered }),
  });
  const columns: readonly Column<WebhookDeliveryView>[] = [
    {
      ...{ id: 'state', header: words.state, width: '8rem' },
      cell: (row) => <StateBadge tone={TONES[row.state]}>{words.states[row.state]}</StateBadge>,
    },
    { id: 'event', header: words.event, width: '14rem', cell: ({ event }) => words.eventWords[event] },
    {
      ...{ id: 'endpoint', header: words.endpoint, width: '2fr' },
      cell: ({ endpoint }) => endpoints.find(({ id }) => id === endpoint)?.url ?? '',
    },
    { id: 'attempts', header: words.attempts, width: '6rem', align: 'end', cell: ({ attempts }) => attempts },
    { id: 'answer', header: words.answer, width: '10rem', cell: (row) => <Code>{answerOf(row)}</Code> },
    { id: 'created', header: words.created, width: '13rem', cell: ({ createdAt }) => instant(createdAt) },
    {
      ...{ id: 'next', header: words.next, width: '13rem' },
      cell: ({ nextAttemptAt }) => (nextAttemptAt === undefined ? '' : instant(nextAttemptAt)),
    },
    {
      ...{ id: 'redeliver', header: '', width: '8rem', align: 'end' },
      cell: (row) =>
        row.state === 'pending' ? null : (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => redeliver.mutate({ params: { id: row.id } })}
            aria-label={`${words.redeliver}: ${words.eventWords[row.event]}, ${instant(row.createdAt)}`}
          >
            {words.redeliver}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={words.deliveries}
      about={words.deliveriesAbout}
      actions={
        <NativeSelect
          aria-label={words.state}
          size="xs"
          value={filter.state ?? ''}
          onChange={(event) => {
            const next = event.currentTarget.value;
            void navigate({ to: '/system/webhooks', search: next === '' ? {} : { state: next } });
          }}
          data={[
            { value: '', label: words.all },
            ...wire.WEBHOOK_DELIVERY_STATES.map((one) => ({ value: one, label: words.states[one] })),
          ]}
        />
      }
    >
      {redeliver.error === null ? null : <Failure error={redeliver.error} />}
      <Loaded of={pages}>
        {({ pages: read }) => {
          const rows = read.flatMap((page) => page.rows);
          return rows.length === 0 ? (
            <Text size="sm">{words.noDeliveries}</Text>
          ) : (
            <DataTable
              label={words.deliveries}
              rows={rows}
              columns={columns}
              idOf={({ id, endpoint }) => `${id} ${endpoint}`}
              height={Math.min(480, 60 + rows.length * 44)}
              {...nextPage}
            />
          );
        }}
      </Loaded>
    </Section>
  );
};
