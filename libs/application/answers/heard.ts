import type { AnswerKind } from '#libs/disclosure';
import type { AnswerDetail } from '../ports/records.js';
import type { Remitted } from './adjudication-of.js';

/** What an answer is about, and what it says: one entry for each claim, set or interchange that it names. */
export interface Heard {
  readonly about: {
    readonly kind: 'interchange' | 'group' | 'patient-control' | 'batch' | 'reference';
    readonly value: string;
    /** Of a group: one of its sets, or all but those that are told by themselves. */
    readonly sets?: { readonly only: string } | { readonly except: readonly string[] };
  };
  readonly kind: AnswerKind;
  /** Who says it, where the answer itself tells: whoever sends it on need not be who says it. */
  readonly by?: 'insurer' | 'clearinghouse';
  readonly detail: AnswerDetail;
  /** From a remittance: all that a next payer must be told of. */
  readonly remitted?: Remitted;
}
