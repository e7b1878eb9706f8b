import type { DisclosureSummary } from '#libs/contracts';
import { inColumnsOr } from './columns.js';

type Correction = NonNullable<DisclosureSummary['correction']>;

const correctionSaid = ({ kind, frequency }: Correction): string =>
  kind === 'resubmission' && frequency === '8' ? 'void, sent again' : kind;

/** Disclosures as a list: where each stands, and what to do about it. */
export const disclosureLines = (rows: readonly DisclosureSummary[]): readonly string[] =>
  inColumnsOr(
    'Nothing found.',
    ['Disclosure', 'Client', 'Insurer', 'Format', 'Status', 'Next step'],
    rows.map(({ id, client, insurer, format, status, nextStep, correction }) => [
      id,
      client.code,
      insurer.name,
      format,
      correction === undefined ? status : `${status} (${correctionSaid(correction)})`,
      nextStep,
    ]),
  );
