import { z } from 'zod';
import type {
  ApiKeyId,
  ClientId,
  DisclosureId,
  DocumentId,
  InboxCredentialId,
  InboxItemId,
  InsurerId,
  ReleaseId,
  ScanId,
  SigningLinkId,
  StaffId,
  TreatmentId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '#libs/kernel';
import { id } from './scalars.js';

export const clientInPath = z.strictObject({ id: id<ClientId>() });
export const disclosureInPath = z.strictObject({ id: id<DisclosureId>() });
export const insurerInPath = z.strictObject({ id: id<InsurerId>() });
export const documentInPath = z.strictObject({ id: id<DocumentId>() });
export const releaseInPath = z.strictObject({ id: id<ReleaseId>() });
export const readingInPath = z.strictObject({ id: z.uuid() });
export const scanInPath = z.strictObject({ id: id<ScanId>() });
export const signingLinkInPath = z.strictObject({ id: id<ReleaseId>(), link: id<SigningLinkId>() });
export const staffInPath = z.strictObject({ id: id<StaffId>() });
export const treatmentInPath = z.strictObject({ id: id<TreatmentId>() });
export const apiKeyInPath = z.strictObject({ id: id<ApiKeyId>() });
export const webhookEndpointInPath = z.strictObject({ id: id<WebhookEndpointId>() });
export const webhookDeliveryInPath = z.strictObject({ id: id<WebhookDeliveryId>() });
export const inboxItemInPath = z.strictObject({ id: id<InboxItemId>() });
export const inboxCredentialInPath = z.strictObject({ id: id<InsurerId>(), credential: id<InboxCredentialId>() });
