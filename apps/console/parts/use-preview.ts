import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview } from '#libs/contracts';
import type { AskFailure } from '../ask/ask.js';

/** Characters of a question, a dozen lines of an invoice, from which on its answer takes longer to draw than a key. */
const LONG = 2_000;
/** Milliseconds without a keystroke after which the decision on a long document is asked for. */
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
 * The decision on a document that is being written, by the same call as any program’s. It is asked for with every
 * keystroke, for it is to be there before the next, and after a pause where the document is long; only the last request
 * counts, an older one is aborted. `asked` is undefined while there is too little to decide on.
 */
export const usePreview = <Question>(
  name: string,
  asked: Question | undefined,
  decide: (asked: Question, signal: AbortSignal) => Promise<Preview>,
): Previewing => {
  const said = asked === undefined ? undefined : JSON.stringify(asked);
  const isLong = said !== undefined && said.length > LONG;
  const [rested] = useDebouncedValue(isLong ? said : undefined, QUIET_MS);
  const settled = isLong ? rested : said;
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
