import type { FormatId } from '#libs/catalogue';
import type { MediaType } from '#libs/disclosure';
import type {
  ClientId,
  DisclosureId,
  InboxCredentialId,
  InboxItemId,
  InsurerId,
  LaneId,
  TransmissionId,
} from '#libs/kernel';

/** Credentials by which an insurer fetches, without anything that could open the door. */
export interface InboxCredentialRecord {
  readonly id: InboxCredentialId;
  readonly insurer: InsurerId;
  readonly label: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Sealed bytes that an insurer may come for. They have not left: that is what a fetch does, under a permit of its own. */
export interface InboxItemRecord {
  readonly id: InboxItemId;
  readonly insurer: InsurerId;
  readonly lane: LaneId;
  readonly transmission: TransmissionId;
  readonly disclosure: DisclosureId;
  readonly client: ClientId;
  readonly arrivedAt: number;
  /** Keyed digest of what the insurer answered; absent until it has. */
  readonly answer?: string;
}

/** What an insurer sees of an item before it fetches it. */
export interface InboxEntry {
  readonly id: InboxItemId;
  readonly format: FormatId;
  readonly mediaType: MediaType;
  readonly size: number;
  readonly digest: string;
  readonly arrivedAt: number;
  readonly attempt: number;
}
