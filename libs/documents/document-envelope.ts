import type { FieldId } from '#libs/catalogue';
import type { PlainDate } from '#libs/kernel';

/** A notice, an extract of the release or a list of contents that travels along. */
export interface Enclosure {
  /** As the decision names it. */
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** The insurer’s own form, where a report is made for one. */
export interface FormFace {
  readonly id: string;
  readonly version: string;
  /** What the form calls a field; the catalogue’s label stands in for one that it does not name. */
  readonly labels: ReadonlyMap<FieldId, string>;
  /** The words that the form wants in the place of a field that the client did not release. */
  readonly markerText: string;
}

/**
 * All that a document carries besides what is disclosed about the client: practice, clinician, recipient, reference. None
 * of it may tell anything about the client. A receipt goes to the client, who is named from the disclosed fields alone:
 * `recipient` is not printed on it.
 */
export interface DocumentEnvelope {
  readonly practice: {
    readonly name: string;
    readonly addressLines: readonly string[];
    readonly phone: string;
    readonly npi?: string;
    readonly taxId?: string;
  };
  readonly clinician: {
    readonly name: string;
    readonly credential: string;
    readonly registrationNumber?: string;
    readonly npi?: string;
  };
  readonly recipient: { readonly name: string; readonly addressLines?: readonly string[] };
  /** Opaque: says nothing about anybody. */
  readonly reference: string;
  readonly createdOn: PlainDate;
  /** Exactly those that the decision names. */
  readonly enclosures: readonly Enclosure[];
  readonly form?: FormFace;
  /** Of the amounts of a statement. */
  readonly currency?: 'USD' | 'CAD';
}
