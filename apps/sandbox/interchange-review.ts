import { ok, type Result } from '#libs/kernel';
import type { ReadGroup } from './acknowledgement-999.js';
import { type Claim, readSet } from './claim-reading.js';
import { type Interchange, readInterchange } from './x12-reading.js';

/** TA105 for a receiver that is not this insurer. */
const UNKNOWN_RECEIVER = '009';

export interface ReviewedInterchange {
  readonly interchange: Interchange;
  /** TA105. Anything but `000` and nothing of the interchange was looked at. */
  readonly note: string;
  readonly groups: readonly ReadGroup[];
  /** All that syntax lets through, in the order of the bytes. */
  readonly claims: readonly Claim[];
}

/** Reads an interchange as far as the insurer would: up to what a 999 accepts. */
export const reviewInterchange = (body: Uint8Array, receiverId: string | undefined): Result<ReviewedInterchange> => {
  const read = readInterchange(body);
  if (!read.ok) return read;
  const interchange = read.value;
  const elsewhere = receiverId !== undefined && interchange.header.receiver.trim() !== receiverId;
  const note = interchange.note === '000' && elsewhere ? UNKNOWN_RECEIVER : interchange.note;
  if (note !== '000') return ok({ interchange, note, groups: [], claims: [] });
  const groups = interchange.groups.map((group) => ({
    group,
    sets: group.faults.length > 0 ? [] : group.transactions.map((set) => readSet(set, interchange.delimiters)),
  }));
  const claims = groups.flatMap((group) => group.sets.flatMap((set) => set.batch?.claims ?? []));
  return ok({ interchange, note, groups, claims });
};

/** What makes an interchange the same one: the pair and the number. */
export const interchangeKey = ({ header }: Interchange): string =>
  [header.senderQualifier, header.sender, header.receiverQualifier, header.receiver, header.control].join('|');
