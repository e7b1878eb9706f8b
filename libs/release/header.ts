import type { DisclosureRequest } from './request.js';
import type { Licence } from './ceiling.js';

/** The part of a request that the rules answer by themselves, whoever the client is. */
export type Setting = Pick<
  DisclosureRequest,
  'purpose' | 'format' | 'form' | 'clinicians' | 'funding' | 'fundingEvidence'
> & { readonly recipient: Pick<DisclosureRequest['recipient'], 'class'> };

/**
 * The part of a request that papers and rules answer, whatever document comes with it. A plan is kept under its header
 * and reads nothing else of a request: that it cannot is what this type is for.
 */
export type Header = Setting &
  Pick<DisclosureRequest, 'client' | 'discloser' | 'timeZone' | 'recipient' | 'part2Program'>;

/** A copy, so that nothing that is kept can still be changed by a caller. */
export const settingOf = (of: Setting): Setting => ({
  recipient: { class: of.recipient.class },
  purpose: of.purpose,
  format: of.format,
  ...(of.form === undefined ? {} : { form: of.form }),
  clinicians: of.clinicians.map(({ jurisdiction, profession }) => ({ jurisdiction, profession })),
  funding: of.funding,
  fundingEvidence: of.fundingEvidence,
});

/** A copy, for the same reason; its setting is the copy that the rules already have. */
export const headerOf = (request: DisclosureRequest, setting: Setting): Header => ({
  client: request.client,
  discloser: request.discloser,
  timeZone: request.timeZone,
  recipient: { id: request.recipient.id, class: setting.recipient.class },
  purpose: setting.purpose,
  format: setting.format,
  ...(setting.form === undefined ? {} : { form: setting.form }),
  clinicians: setting.clinicians,
  funding: setting.funding,
  fundingEvidence: setting.fundingEvidence,
  part2Program: request.part2Program,
});

const sameClinicians = (some: readonly Licence[], others: readonly Licence[]): boolean =>
  some.length === others.length &&
  some.every(
    (one, index) => one.jurisdiction === others[index]?.jurisdiction && one.profession === others[index].profession,
  );

/** Whether the rules answer both alike. */
export const sameSetting = (one: Setting, other: Setting): boolean =>
  one.recipient.class === other.recipient.class &&
  one.purpose === other.purpose &&
  one.format === other.format &&
  one.form === other.form &&
  one.funding === other.funding &&
  one.fundingEvidence === other.fundingEvidence &&
  sameClinicians(one.clinicians, other.clinicians);

/** Whether papers and rules answer both alike. */
export const sameHeader = (one: Header, other: Header): boolean =>
  one.client === other.client &&
  one.discloser === other.discloser &&
  one.timeZone === other.timeZone &&
  one.recipient.id === other.recipient.id &&
  one.part2Program === other.part2Program &&
  sameSetting(one, other);
