/** What was thrown, as what can be shown. */
export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error('unknown'));
