declare const brand: unique symbol;

/** A string that stands for one kind of thing, so that a client's id can never be passed where a release's is meant. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PracticeId = Branded<'PracticeId'>;
export type ClientId = Branded<'ClientId'>;
export type ClinicianId = Branded<'ClinicianId'>;
export type StaffId = Branded<'StaffId'>;
export type CoverageId = Branded<'CoverageId'>;
export type InsurerId = Branded<'InsurerId'>;
export type ReleaseId = Branded<'ReleaseId'>;
export type DocumentId = Branded<'DocumentId'>;
export type DisclosureId = Branded<'DisclosureId'>;
export type TransmissionId = Branded<'TransmissionId'>;
export type RouteId = Branded<'RouteId'>;
export type LaneId = Branded<'LaneId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;
export type ScanId = Branded<'ScanId'>;
export type SigningLinkId = Branded<'SigningLinkId'>;
export type SavedViewId = Branded<'SavedViewId'>;
export type WorkNoteId = Branded<'WorkNoteId'>;
export type TreatmentId = Branded<'TreatmentId'>;
export type WebhookEndpointId = Branded<'WebhookEndpointId'>;
export type WebhookDeliveryId = Branded<'WebhookDeliveryId'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => uuid.test(text);

/** Reads an id that came from outside. The caller has no other way to make one. */
export const parseId = <Id extends Branded<string>>(text: string): Id | undefined =>
  isUuid(text) ? (text as Id) : undefined;
