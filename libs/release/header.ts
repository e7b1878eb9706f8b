import type { DisclosureRequest } from './request.js';
import type { Licence } from './ceiling.js';

/**
 * The part of a request that papers and rules answer, whatever document comes with it. A plan is kept under its header
 * and reads nothing else of a request: that it cannot is what this type is for.
 */
export type Header = Pick<
  DisclosureRequest,
  | 'client'
  | 'discloser'
  | 'recipient'
  | 'purpose'
  | 'format'
  | 'form'
  | 'clinicians'
  | 'funding'
  | 'fundingEvidence'
  | 'part2Program'
>;

/** A copy, so that a plan keeps nothing that a caller could still change. */
export const headerOf = (request: DisclosureRequest): Header => ({
  client: request.client,
  discloser: request.discloser,
  recipient: { id: request.recipient.id, class: request.recipient.class },
  purpose: request.purpose,
  format: request.format,
  ...(request.form === undefined ? {} : { form: request.form }),
  clinicians: request.clinicians.map(({ jurisdiction, profession }) => ({ jurisdiction, profession })),
  funding: request.funding,
  fundingEvidence: request.fundingEvidence,
  part2Program: request.part2Program,
});

const sameClinicians = (some: readonly Licence[], others: readonly Licence[]): boolean =>
  some.length === others.length &&
  some.every(
    (one, index) => one.jurisdiction === others[index]?.jurisdiction && one.profession === others[index].profession,
  );

/** Whether papers and rules answer both alike. */
export const sameHeader = (one: Header, other: Header): boolean =>
  one.client === other.client &&
  one.discloser === other.discloser &&
  one.recipient.id === other.recipient.id &&
  one.recipient.class === other.recipient.class &&
  one.purpose === other.purpose &&
  one.format === other.format &&
  one.form === other.form &&
  one.funding === other.funding &&
  one.fundingEvidence === other.fundingEvidence &&
  one.part2Program === other.part2Program &&
  sameClinicians(one.clinicians, other.clinicians);
