import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ScanView } from '#libs/contracts';
import { type AskFailure, fetchRoute, readJson } from '../../ask/ask.js';
import { sha256 } from '../../app/platform.js';

/** Attaches a file to a draft, once: the key of the request is made of the draft as it is and of what is in the file. */
export const useAttach = (release: string, tag: string, onAttached: () => void) => {
  const queries = useQueryClient();
  return useMutation<ScanView, AskFailure, File>({
    mutationFn: async (file) => {
      const digest = await sha256(new Uint8Array(await file.arrayBuffer()));
      const answer = await fetchRoute('POST /v1/releases/{id}/scans', {
        params: { id: release },
        idempotencyKey: `${tag}-${digest}`,
        body: file,
      });
      return (await readJson(answer)) as ScanView;
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      onAttached();
    },
  });
};
