import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview } from '#libs/contracts';
import type { AskFailure } from '../ask/ask.js';

/** Milliseconds without a keystroke after which the decision is asked for. */
const QUIET_MS = 150;

interface Previewing {
  readonly preview: Preview | undefined;
  readonly failure: AskFailure | undefined;
  /** What is shown belongs to what was entered before. */
  readonly stale: boolean;
  /** Reads it again after a failure. */
  readonly again: () => void;
}

/**
 * The decision on a document that is being written, by the same call as any program’s. Only the last request counts: an
 * older one is aborted. `asked` is undefined while there is too little to decide on.
 */
export const usePreview = <Question>(
  name: string,
  asked: Question | undefined,
  decide: (asked: Question, signal: AbortSignal) => Promise<Preview>,
): Previewing => {
  const said = asked === undefined ? undefined : JSON.stringify(asked);
  const [settled] = useDebouncedValue(said, QUIET_MS);
  const query = useQuery<Preview, AskFailure>({
    queryKey: [name, 'preview', settled],
    queryFn: ({ signal }) => decide(JSON.parse(settled ?? 'null') as Question, signal),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    // What was typed on the way here is of no use to anybody.
    gcTime: 0,
    retry: false,
  });
  return {
    preview: asked === undefined ? undefined : query.data,
    failure: asked === undefined ? undefined : (query.error ?? undefined),
    stale: said !== settled || query.isPlaceholderData,
    again: () => void query.refetch(),
  };
};
