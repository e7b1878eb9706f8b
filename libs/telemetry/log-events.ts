import type { State } from './safe-values.js';

/** What a field of an event may hold. A question mark: it may be absent. */
export type FieldKind = 'id' | 'code' | 'state' | 'count' | 'milliseconds';
export type FieldSpec = FieldKind | `${FieldKind}?`;

export interface EventSpec {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, FieldSpec>>;
}

/** Everything that is ever logged. Nothing here has room for what a client, a clinician or an insurer said. */
export const logEvents = {
  'process.started': { level: 'info', fields: { component: 'code', port: 'count?' } },
  'process.stopping': { level: 'info', fields: { component: 'code' } },
  'process.stopped': { level: 'info', fields: { component: 'code', duration: 'milliseconds?' } },
  'process.failed': { level: 'error', fields: { component: 'code' } },
  'database.state': { level: 'info', fields: { state: 'state' } },
  'database.migrated': { level: 'info', fields: { count: 'count', duration: 'milliseconds' } },
  'database.unreachable': { level: 'error', fields: { component: 'code' } },
  'http.answered': {
    level: 'info',
    fields: { route: 'code', status: 'count', duration: 'milliseconds', practice: 'id?', code: 'code?' },
  },
  'http.failed': { level: 'error', fields: { route: 'code', practice: 'id?' } },
  'access.refused': { level: 'warn', fields: { code: 'code', practice: 'id?', staff: 'id?' } },
  'access.broke-glass': { level: 'warn', fields: { practice: 'id', staff: 'id' } },
  'intake.accepted': {
    level: 'info',
    fields: { practice: 'id', format: 'code?', count: 'count', duration: 'milliseconds' },
  },
  'intake.refused': { level: 'info', fields: { practice: 'id', code: 'code', count: 'count' } },
  'intake.failed': { level: 'error', fields: { practice: 'id' } },
  'import.finished': { level: 'info', fields: { practice: 'id', accepted: 'count', refused: 'count' } },
  'release.changed': { level: 'info', fields: { practice: 'id', release: 'id', state: 'state' } },
  'release.reminder-due': { level: 'info', fields: { practice: 'id', release: 'id', count: 'count' } },
  'disclosure.moved': {
    level: 'info',
    fields: { practice: 'id', disclosure: 'id', from: 'state', to: 'state', code: 'code?' },
  },
  'permit.expired': { level: 'warn', fields: { transmission: 'id', lane: 'id' } },
  'dispatch.finished': {
    level: 'info',
    fields: {
      transmission: 'id',
      lane: 'id',
      state: 'state',
      code: 'code?',
      attempt: 'count',
      duration: 'milliseconds',
    },
  },
  'dispatch.failed': { level: 'error', fields: { transmission: 'id?', lane: 'id?', code: 'code?' } },
  'journal.failed': { level: 'error', fields: {} },
  'dispatch.quarantined': { level: 'error', fields: { code: 'code' } },
  'lane.changed': { level: 'warn', fields: { lane: 'id', state: 'state', code: 'code?' } },
  'lane.stopped': { level: 'error', fields: { lane: 'id', code: 'code' } },
  'relay.published': { level: 'debug', fields: { count: 'count', duration: 'milliseconds' } },
  'relay.failed': { level: 'error', fields: {} },
  'sweep.finished': { level: 'info', fields: { redriven: 'count', duration: 'milliseconds' } },
  'sweep.failed': { level: 'error', fields: {} },
  'queue.warned': { level: 'warn', fields: { code: 'code' } },
  'queue.job-failed': { level: 'error', fields: { queue: 'code', attempt: 'count', code: 'code?' } },
  'queue.job-stalled': { level: 'warn', fields: { queue: 'code' } },
  'queue.unreachable': { level: 'error', fields: { queue: 'code?' } },
  'answer.received': { level: 'info', fields: { lane: 'id', kind: 'code', count: 'count', state: 'state?' } },
  'answer.unmatched': { level: 'warn', fields: { lane: 'id?', kind: 'code' } },
  'answer.poll-failed': { level: 'error', fields: { lane: 'id' } },
  'webhook.delivered': { level: 'info', fields: { endpoint: 'id', status: 'count', duration: 'milliseconds' } },
  'webhook.failed': { level: 'warn', fields: { endpoint: 'id', status: 'count?', attempt: 'count' } },
  'webhook.round-failed': { level: 'error', fields: {} },
  'ledger.verified': { level: 'info', fields: { practice: 'id', blocks: 'count', duration: 'milliseconds' } },
  'ledger.checkpointed': { level: 'info', fields: { practice: 'id', block: 'count' } },
  'ledger.broken': { level: 'error', fields: { practice: 'id', block: 'count', code: 'code' } },
  'keys.rotated': { level: 'info', fields: { count: 'count', duration: 'milliseconds' } },
  'keys.shredded': { level: 'warn', fields: { practice: 'id' } },
  'schedule.ran': { level: 'debug', fields: { task: 'code', duration: 'milliseconds' } },
  'schedule.failed': { level: 'error', fields: { task: 'code' } },
} as const satisfies Record<string, EventSpec>;

type Catalogue = typeof logEvents;

interface Shapes {
  readonly id: string;
  readonly code: string;
  readonly state: State;
  readonly count: number;
  readonly milliseconds: number;
}

type ShapeOf<Spec> = Spec extends `${infer Kind extends FieldKind}?`
  ? Shapes[Kind] | undefined
  : Spec extends FieldKind
    ? Shapes[Spec]
    : never;

type FieldsOf<Specs> = {
  readonly [Field in keyof Specs as Specs[Field] extends FieldKind ? Field : never]: ShapeOf<Specs[Field]>;
} & {
  readonly [Field in keyof Specs as Specs[Field] extends FieldKind ? never : Field]?: ShapeOf<Specs[Field]>;
};

export type LogEventName = keyof Catalogue;

/** One thing that happened: its name, and of what it concerns only identifiers, states, counts, codes and durations. */
export type LogEvent = {
  readonly [Name in LogEventName]: { readonly event: Name } & FieldsOf<Catalogue[Name]['fields']>;
}[LogEventName];
