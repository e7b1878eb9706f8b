import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { newKey } from '../app/platform.js';
import { useSession } from '../app/session.js';
import { ask, type Asked, type AskedAsIs, askTagged, AskFailure, type Given, type RouteKey } from './ask.js';

type ReadKey = Extract<RouteKey, `GET ${string}`>;
type WriteKey = Exclude<RouteKey, ReadKey>;

const keyOf = (key: RouteKey, asked: unknown): QueryKey => [key, asked];

/** Reads, and reads again when something that may change it was done. `every` is in milliseconds. */
export const useRead = <Key extends ReadKey>(
  key: Key,
  asked: Asked<Key>,
  options: { readonly enabled?: boolean; readonly every?: number; readonly keep?: boolean } = {},
) =>
  useQuery<Given<Key>, AskFailure>({
    queryKey: keyOf(key, asked),
    queryFn: ({ signal }) => ask(key, { ...asked, signal }),
    enabled: options.enabled ?? true,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });

/** The same with its entity tag. */
export const useTagged = <Key extends ReadKey>(
  key: Key,
  asked: Asked<Key>,
  options: { readonly enabled?: boolean; readonly every?: number } = {},
) =>
  useQuery<{ readonly body: Given<Key>; readonly tag: string | undefined }, AskFailure>({
    queryKey: [...keyOf(key, asked), 'tagged'],
    queryFn: ({ signal }) => askTagged(key, { ...asked, signal }),
    enabled: options.enabled ?? true,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
  });

type PagedKey = {
  [Key in ReadKey]: Given<Key> extends { readonly rows: readonly unknown[]; readonly next?: string | undefined }
    ? Key
    : never;
}[ReadKey];

/** A list page by page, as far as somebody has scrolled; read again by itself as long as it has `upTo` pages. */
export const usePages = <Key extends PagedKey>(
  key: Key,
  asked: Asked<Key>,
  options: { readonly enabled?: boolean; readonly every?: number; readonly upTo?: number } = {},
) =>
  useInfiniteQuery({
    queryKey: [...keyOf(key, asked), 'pages'],
    queryFn: ({ signal, pageParam }) => {
      const loose = asked as { readonly query?: Record<string, unknown> };
      const query = { ...loose.query, ...(pageParam === undefined ? {} : { after: pageParam }) };
      return ask(key, { ...asked, query, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: unknown) => (last as { readonly next?: string }).next,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > (options.upTo ?? Infinity) ? false : (options.every ?? false),
  });

interface Paged {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: (options: { readonly cancelRefetch: false }) => Promise<unknown>;
}

/**
 * For a list: how it asks for its next page, absent on the last one. One that was refused is not asked for again by
 * itself, only once the list has been read again.
 */
export const useNextPage = ({ hasNextPage, isFetching, isError, fetchNextPage }: Paged) => {
  const onEnd = useCallback(() => {
    if (!isFetching) void fetchNextPage({ cancelRefetch: false });
  }, [isFetching, fetchNextPage]);
  return hasNextPage && !isError ? { onEnd } : {};
};

/**
 * Looks at something of which the ledger keeps that somebody did: when asked to, and kept nowhere, not behind the lock
 * either. Everything that was read is read again afterwards, timelines among it.
 */
export const useLook = <Seen>(look: () => Promise<Seen>) => {
  const queries = useQueryClient();
  const { locked } = useSession();
  const looking = useMutation<Seen>({
    mutationFn: look,
    gcTime: 0,
    onSuccess: () => {
      void queries.invalidateQueries();
    },
  });
  const { reset } = looking;
  useEffect(() => {
    if (locked) reset();
  }, [locked, reset]);
  return looking;
};

/**
 * Does something. Everything that was read is read again afterwards. Each intent has one Idempotency-Key: a repetition
 * after a lost answer is the same request to the gateway, until it was answered or the intent has changed.
 */
export const useDo = <Key extends WriteKey>(
  key: Key,
  options: { readonly then?: (given: Given<Key>) => void } = {},
) => {
  const queries = useQueryClient();
  const intent = useRef<{ readonly said: string; readonly idempotencyKey: string } | undefined>(undefined);
  return useMutation<Given<Key>, AskFailure, Asked<Key> | AskedAsIs<Key>>({
    mutationFn: (asked) => {
      const said = JSON.stringify(asked);
      if (intent.current?.said !== said) intent.current = { said, idempotencyKey: newKey() };
      return ask(key, { idempotencyKey: intent.current.idempotencyKey, ...asked });
    },
    onSuccess: async (given) => {
      intent.current = undefined;
      await queries.invalidateQueries();
      options.then?.(given);
    },
    onError: (failure) => {
      // Whatever was answered is over; only what was not answered may have been done.
      if (failure.code !== 'unreachable' && failure.code !== 'unreadable' && failure.status < 500)
        intent.current = undefined;
    },
  });
};
