/** The places at which the fault suite stops the process: K1–K26 of docs/reliability.md. */
export type FaultPoint = `K${number}`;

/** Nothing. The fault suite replaces this module through the import condition `faults`; a production build cannot. */
export const fault = (_point: FaultPoint): Promise<void> => Promise.resolve();
