import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview } from '#libs/contracts';
import type { AskFailure } from '../ask/ask.js';

interface Previewing {
  readonly preview: Preview | undefined;
  readonly failure: AskFailure | undefined;
  /** What is shown belongs to what was entered before. */
  readonly stale: boolean;
  /** Reads it again after a failure. */
  readonly again: () => void;
}

/**
 * The decision on a document that is being written, by the same call as any program’s. It is asked for with every
 * keystroke, for it is to be there before the next; only the last request counts, an older one is aborted. `asked` is
 * undefined while there is too little to decide on.
 */
export const usePreview = <Question>(
  name: string,
  asked: Question | undefined,
  decide: (asked: Question, signal: AbortSignal) => Promise<Preview>,
): Previewing => {
  const said = asked === undefined ? undefined : JSON.stringify(asked);
  const query = useQuery<Preview, AskFailure>({
    queryKey: [name, 'preview', said],
    queryFn: ({ signal }) => decide(JSON.parse(said ?? 'null') as Question, signal),
    enabled: said !== undefined,
    placeholderData: keepPreviousData,
    // What was typed on the way here is of no use to anybody.
    gcTime: 0,
    retry: false,
  });
  return {
    preview: asked === undefined ? undefined : query.data,
    failure: asked === undefined ? undefined : (query.error ?? undefined),
    stale: query.isPlaceholderData,
    again: () => void query.refetch(),
  };
};
