import type {
  AnswerRecord,
  Choice,
  DisclosureOverview,
  DisclosureRecord,
  LedgerRow,
  TransmissionRecord,
} from '#libs/application';
import type { Choose, DisclosureDetail, DisclosureSummary } from '#libs/contracts';
import { unreachable } from '#libs/kernel';
import { toInstant } from './desk.js';

type AnswerView = DisclosureDetail['answers'][number];
type TransmissionView = NonNullable<DisclosureDetail['transmission']>;
type LinkView = NonNullable<DisclosureDetail['chain']>[number];
type EventView = DisclosureDetail['timeline'][number];

export const toSummary = (overview: DisclosureOverview): DisclosureSummary => ({
  id: overview.id,
  document: overview.document,
  client: { id: overview.client, code: overview.clientCode, name: overview.clientName },
  insurer: { id: overview.insurer, name: overview.insurerName },
  format: overview.format,
  purpose: overview.purpose,
  state: overview.state,
  status: overview.status,
  nextStep: overview.nextStep,
  createdAt: toInstant(overview.createdAt),
  updatedAt: toInstant(overview.updatedAt),
  version: overview.version,
  ...(overview.cause === undefined ? {} : { cause: overview.cause }),
  ...(overview.curer === undefined ? {} : { curer: overview.curer }),
  ...(overview.correction === undefined ? {} : { correction: overview.correction }),
  ...(overview.filingDeadline === undefined ? {} : { filingDeadline: overview.filingDeadline }),
  ...(overview.firstServiceOn === undefined ? {} : { firstServiceOn: overview.firstServiceOn }),
  ...(overview.lastServiceOn === undefined ? {} : { lastServiceOn: overview.lastServiceOn }),
  ...(overview.total === undefined ? {} : { total: overview.total }),
});

const toAnswerView = ({ id, kind, receivedAt, layer, detail }: AnswerRecord): AnswerView => {
  // What a payer decided on each line serves the claim to the next payer; nobody is shown it here.
  const { codes, adjudication: _forTheNextPayer, ...rest } = detail;
  return {
    id,
    kind,
    receivedAt: toInstant(receivedAt),
    layer: layer ?? 'insurer',
    ...rest,
    ...(codes === undefined ? {} : { codes: [...codes] }),
  };
};

const toTransmissionView = (transmission: TransmissionRecord): TransmissionView => ({
  id: transmission.transmission,
  mediaType: transmission.mediaType,
  digest: transmission.digest,
  contentDigest: transmission.contentDigest,
  reference: transmission.reference,
  attempts: transmission.attempts,
  sealedAt: toInstant(transmission.createdAt),
  ...(transmission.interchange === undefined
    ? {}
    : {
        interchangeControlNumber: transmission.interchange.interchangeControlNumber,
        patientControlNumber: transmission.interchange.patientControlNumber,
      }),
});

export const toEventView = ({ at, entry }: LedgerRow): EventView => ({
  at: toInstant(at),
  kind: entry.kind,
  actor: entry.actor,
  codes: [...(entry.codes ?? [])],
});

const toLinkView = ({ id, correction, state, createdAt }: DisclosureRecord): LinkView => ({
  id,
  kind: correction?.kind ?? 'original',
  ...(correction === undefined ? {} : { of: correction.of }),
  state,
  createdAt: toInstant(createdAt),
});

export const toDetail = (
  overview: DisclosureOverview,
  more: {
    readonly transmission: TransmissionRecord | undefined;
    readonly events: readonly LedgerRow[];
    readonly chain: readonly DisclosureRecord[];
  },
): DisclosureDetail => ({
  ...toSummary(overview),
  options: { useMarkers: overview.options.useMarkers, excludedLines: [...overview.options.excludedLines] },
  attempts: overview.attempts,
  answers: overview.answers.slice(-1_000).map(toAnswerView),
  timeline: more.events.map(toEventView),
  ...(more.transmission === undefined ? {} : { transmission: toTransmissionView(more.transmission) }),
  ...(more.chain.length < 2 ? {} : { chain: more.chain.slice(-1_000).map(toLinkView) }),
});

export const fromChoose = (choose: Choose): Choice => {
  switch (choose.choice) {
    case 'smaller-format':
      return { kind: 'smaller-format', format: choose.format };
    case 'receipt':
      return { kind: 'smaller-format', format: 'receipt' };
    case 'use-markers':
      return { kind: 'send-with-markers' };
    case 'exclude-lines':
      return { kind: 'exclude-lines', lines: choose.lines };
    case 'insurer-has-it':
      return { kind: 'insurer-has-it', ...(choose.reference === undefined ? {} : { reference: choose.reference }) };
    case 'draft-amendment':
    case 'keep-holding':
    case 'send-again':
      return { kind: choose.choice };
    default:
      return unreachable(choose);
  }
};
