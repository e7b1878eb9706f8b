import { expandGrants } from '#libs/catalogue';
import type { ReleaseFacts } from '#libs/documents';
import { type InsurerId, parseId } from '#libs/kernel';
import type { ReleaseDraft } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { withPreset } from '../releases/draft-release.js';

const recipientOf = async (
  transaction: Transaction,
  recipient: ReleaseDraft['recipient'],
): Promise<ReleaseFacts['recipient']> => {
  if (recipient === undefined) return { class: 'insurer' };
  if (recipient.kind === 'class') return { class: recipient.class };
  const id = parseId<InsurerId>(recipient.id);
  const insurer = id === undefined ? undefined : (await transaction.practice.insurers([id])).get(id);
  return insurer === undefined ? { class: recipient.class } : { name: insurer.profile.name };
};

/** What a release says, with the names that its ids stand for. */
export const releaseFactsIn = async (
  services: Services,
  transaction: Transaction,
  terms: ReleaseDraft,
): Promise<ReleaseFacts> => {
  const whole = withPreset(services, terms);
  const preset = services.book.presets.find(({ id }) => id === terms.preset);
  const { serviceFrom, serviceTo, validFrom, validUntil, expiryEvent } = whole;
  return {
    practice: (await transaction.practice.get()).name,
    recipient: await recipientOf(transaction, whole.recipient),
    purposes: whole.purposes,
    granted: expandGrants(whole.grants).ids,
    statements: whole.statements,
    ...(preset === undefined ? {} : { preset: { id: preset.id, clientWords: preset.clientWords } }),
    ...(serviceFrom === undefined ? {} : { serviceFrom }),
    ...(serviceTo === undefined ? {} : { serviceTo }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(expiryEvent === undefined ? {} : { expiryEvent }),
  };
};
