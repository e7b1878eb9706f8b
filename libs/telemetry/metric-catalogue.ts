/** The only labels there are: a lane by its id, a state of the closed list, a code of ours. */
export type Label = 'lane' | 'state' | 'code';

interface MetricSpec {
  readonly kind: 'counter' | 'gauge' | 'seconds';
  readonly help: string;
  readonly labels: readonly Label[];
}

/** Everything that is ever measured. Counts never go by client, clinician or practice. */
export const metricCatalogue = {
  http_requests_total: {
    kind: 'counter',
    help: 'HTTP requests answered, by route and outcome.',
    labels: ['code', 'state'],
  },
  http_request_seconds: { kind: 'seconds', help: 'Time to answer an HTTP request.', labels: ['code'] },
  documents_accepted_total: { kind: 'counter', help: 'Documents accepted at intake.', labels: [] },
  decisions_total: { kind: 'counter', help: 'Decisions taken, by outcome.', labels: ['state'] },
  disclosures_moved_total: { kind: 'counter', help: 'Disclosures that entered a state.', labels: ['state'] },
  disclosures: { kind: 'gauge', help: 'Disclosures in a state now.', labels: ['state'] },
  holds_total: { kind: 'counter', help: 'Disclosures held, by who can cure the gap.', labels: ['code'] },
  outbox_waiting: { kind: 'gauge', help: 'Outbox rows that wait for the relay.', labels: [] },
  outbox_oldest_seconds: { kind: 'gauge', help: 'Age of the oldest waiting outbox row.', labels: [] },
  relay_published_total: { kind: 'counter', help: 'Hints handed to the queue.', labels: [] },
  sweeps_redriven_total: { kind: 'counter', help: 'Items that the sweeper gave out again.', labels: [] },
  dispatches_total: { kind: 'counter', help: 'Dispatch attempts, by lane and outcome.', labels: ['lane', 'state'] },
  dispatch_seconds: { kind: 'seconds', help: 'Time of a dispatch attempt.', labels: ['lane'] },
  lane_in_flight: { kind: 'gauge', help: 'Transmissions on their way in a lane.', labels: ['lane'] },
  lane_state: { kind: 'gauge', help: '1 for the state in which a lane is.', labels: ['lane', 'state'] },
  inbox_oldest_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest thing that an insurer has not fetched, or not acknowledged.',
    labels: [],
  },
  permits_expired_total: { kind: 'counter', help: 'Permits that died without a first byte.', labels: [] },
  answers_total: { kind: 'counter', help: 'Answers received, by kind.', labels: ['code'] },
  answers_unmatched_total: {
    kind: 'counter',
    help: 'Answers set aside: unreadable, matching nothing sent, saying nothing, or not adding up.',
    labels: ['code'],
  },
  queue_jobs: { kind: 'gauge', help: 'Jobs in a queue, by state.', labels: ['code', 'state'] },
  webhooks_total: { kind: 'counter', help: 'Webhook deliveries, by outcome.', labels: ['state'] },
  ledger_blocks_total: { kind: 'counter', help: 'Ledger blocks appended.', labels: [] },
} as const satisfies Record<string, MetricSpec>;

type Catalogue = typeof metricCatalogue;

export type MetricName = keyof Catalogue;

export type MetricNameOf<Kind extends MetricSpec['kind']> = {
  [Name in MetricName]: Catalogue[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

export type LabelsOf<Name extends MetricName> = { readonly [L in Catalogue[Name]['labels'][number]]: string };
