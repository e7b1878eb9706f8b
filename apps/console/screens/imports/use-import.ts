import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ImportKind, ImportReport } from '#libs/contracts';
import { newKey } from '../../app/platform.js';
import { AskFailure } from '../../ask/ask.js';
import { upload } from '../../ask/upload.js';
import { asError } from '../../parts/as-error.js';

export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'under-way'; readonly dryRun: boolean; readonly sent: number; readonly of: number }
  | { readonly kind: 'told'; readonly report: ImportReport }
  | { readonly kind: 'stopped'; readonly dryRun: boolean }
  | { readonly kind: 'failed'; readonly dryRun: boolean; readonly error: Error };

const KEYS = {
  clients: 'POST /v1/imports/clients',
  coverages: 'POST /v1/imports/coverages',
  insurers: 'POST /v1/imports/insurers',
  releases: 'POST /v1/imports/releases',
} as const satisfies Record<ImportKind, string>;

/** One file on its way through: rehearsed, then run. A run that was not answered is repeated under the same key. */
export const useImport = (kind: ImportKind, file: File | undefined) => {
  const queries = useQueryClient();
  const [state, setState] = useState<ImportState>({ kind: 'idle' });
  const stopper = useRef<AbortController>(undefined);
  const intent = useRef<{ readonly file: File; readonly kind: ImportKind; readonly key: string }>(undefined);

  const start = (dryRun: boolean): void => {
    if (file === undefined) return;
    if (intent.current?.file !== file || intent.current.kind !== kind) intent.current = { file, kind, key: newKey() };
    const { key } = intent.current;
    const controller = new AbortController();
    stopper.current = controller;
    setState({ kind: 'under-way', dryRun, sent: 0, of: file.size });
    upload(KEYS[kind], {
      asked: {
        signal: controller.signal,
        query: { 'dry-run': dryRun ? 'true' : 'false' },
        ...(dryRun ? {} : { idempotencyKey: key }),
      },
      file,
      mediaType: 'text/csv',
      onProgress: ({ sent, of }) => setState({ kind: 'under-way', dryRun, sent, of }),
    })
      .then(async (report) => {
        if (!dryRun) {
          intent.current = undefined;
          await queries.invalidateQueries();
        }
        setState({ kind: 'told', report });
      })
      .catch((error: unknown) => {
        // What was answered is over; the key is for what may have been done without an answer.
        if (error instanceof AskFailure && error.status > 0 && error.status < 500) intent.current = undefined;
        setState(
          controller.signal.aborted ? { kind: 'stopped', dryRun } : { kind: 'failed', dryRun, error: asError(error) },
        );
      });
  };

  return {
    state,
    start,
    stop: () => stopper.current?.abort(),
    forget: () => setState({ kind: 'idle' }),
  };
};
