import type { ReactNode } from 'react';
import { Failure } from './failure.js';
import { Waiting } from './waiting.js';

interface LoadedProps<Data> {
  /** What a query of TanStack Query tells. */
  readonly of: {
    readonly data: Data | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly children: (data: Data) => ReactNode;
}

/** What was read; or that it is on its way; or why it is not. What was read before stays while it is read again. */
export const Loaded = <Data,>({ of, children }: LoadedProps<Data>) => {
  if (of.data !== undefined)
    return (
      <>
        {of.error === null ? null : <Failure error={of.error} onRetry={() => void of.refetch()} />}
        {children(of.data)}
      </>
    );
  return of.error === null ? <Waiting /> : <Failure error={of.error} onRetry={() => void of.refetch()} />;
};
