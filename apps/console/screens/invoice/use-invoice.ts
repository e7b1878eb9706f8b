import { useCallback, useMemo, useState } from 'react';
import { emptyLine, type InvoiceDraft, MOST_LINES, repeated, withoutDiagnosis } from './invoice-draft.js';
import type { LineActions } from './invoice-lines.js';

/** The form, and what can be done to it. */
export const useInvoice = (initial: InvoiceDraft) => {
  const [draft, setDraft] = useState(initial);
  const change = useCallback((part: Partial<InvoiceDraft>) => setDraft((before) => ({ ...before, ...part })), []);
  const actions = useMemo<LineActions>(() => {
    const edit = (next: (lines: InvoiceDraft['lines'], key: number) => InvoiceDraft['lines']): void =>
      setDraft((before) => {
        const key = Math.max(...before.lines.map((line) => line.key)) + 1;
        return { ...before, lines: next(before.lines, key).slice(0, MOST_LINES) };
      });
    return {
      put: (at, part) => edit((lines) => lines.map((line) => (line.key === at ? { ...line, ...part } : line))),
      add: () => edit((lines, key) => [...lines, emptyLine(key)]),
      remove: (at) => edit((lines) => lines.filter((line) => line.key !== at)),
      repeat: (at) =>
        edit((lines, key) => lines.flatMap((line) => (line.key === at ? [line, repeated(line, key)] : [line]))),
    };
  }, []);
  const removeDiagnosis = useCallback((index: number) => setDraft((before) => withoutDiagnosis(before, index)), []);
  return { draft, change, actions, removeDiagnosis };
};
