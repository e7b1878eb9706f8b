import { createHash } from 'node:crypto';
import type { FieldId } from '#libs/catalogue';
import type { MediaType } from '#libs/disclosure';
import { type ClinicianId, type DisclosureId, failed, issue, ok, type Result } from '#libs/kernel';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { explainDisclosureIn } from './explain-disclosure.js';

export interface SentBytes {
  readonly bytes: Uint8Array;
  readonly mediaType: MediaType;
  /** SHA-256, hex, as it was stored when they were sealed. */
  readonly digest: string;
}

/** Whether somebody may see every value that went; asked before anything is opened for them. */
export type MaySeeAll = (fields: readonly FieldId[], treating: readonly ClinicianId[]) => boolean;

/**
 * The bytes as they were sealed, for whoever may see all that is in them; the ledger says first that they were shown.
 * `not_sent_yet` for what nobody has tried to send, `digest_mismatch` where they are not what was sealed.
 */
export const sentBytesIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly disclosure: DisclosureId; readonly maySee: MaySeeAll },
): Promise<Result<SentBytes>> => {
  const { context, disclosure: id, maySee } = request;
  const record = (await transaction.disclosures.byIds([id])).get(id);
  const explained = await explainDisclosureIn(services, transaction, id);
  if (record === undefined || !explained.ok) return failed(issue('not_found', ''));
  const { shown, basis } = explained.value;
  const fields = shown.view.rows.flatMap(({ effect, field, form }) =>
    effect === 'goes' || effect === 'changed' ? [form ?? field] : [],
  );
  if (!maySee(fields, basis.treating)) return failed(issue('forbidden', ''));
  const transmission = (await transaction.transmissions.ofDisclosures([id])).get(id);
  if (transmission === undefined || transmission.attempts === 0) return failed(issue('not_sent_yet', ''));
  const { bytes, mediaType, digest } = transmission;
  if (createHash('sha256').update(bytes).digest('hex') !== digest) return failed(issue('digest_mismatch', ''));
  const { client, insurer } = record;
  transaction.ledger.record({ kind: 'bytes-shown', actor: context.actor, client, disclosure: id, insurer });
  return ok({ bytes, mediaType, digest });
};
