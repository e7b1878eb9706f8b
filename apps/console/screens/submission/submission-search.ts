export const SUBMISSION_TABS = ['disclosure', 'timeline', 'answers', 'sent', 'comparison'] as const;

export type SubmissionTab = (typeof SUBMISSION_TABS)[number];

export const isSubmissionTab = (text: unknown): text is SubmissionTab =>
  (SUBMISSION_TABS as readonly unknown[]).includes(text);

/** Which tab is open, as it stands in the address; nothing else may. */
export const readSubmissionSearch = ({ tab }: Record<string, unknown>): { readonly tab?: SubmissionTab } =>
  isSubmissionTab(tab) ? { tab } : {};
