export const SUBMISSION_TABS = ['disclosure', 'timeline', 'answers', 'sent', 'comparison'] as const;

export type SubmissionTab = (typeof SUBMISSION_TABS)[number];

export const isSubmissionTab = (text: unknown): text is SubmissionTab =>
  (SUBMISSION_TABS as readonly unknown[]).includes(text);

export interface SubmissionSearch {
  readonly tab?: SubmissionTab;
  /** Opens what can be put right about it. */
  readonly edit?: true;
}

/** What is open, as it stands in the address; nothing else may. */
export const readSubmissionSearch = ({ tab, edit }: Record<string, unknown>): SubmissionSearch => ({
  ...(isSubmissionTab(tab) ? { tab } : {}),
  ...(edit === true ? { edit } : {}),
});
