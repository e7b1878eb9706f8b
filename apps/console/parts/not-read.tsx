import { Failure } from './failure.js';

interface NotReadProps {
  /** What queries of TanStack Query tell. */
  readonly of: readonly {
    readonly data: unknown;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  }[];
}

/** Beside what is chosen from lists: why one of them is empty, if it could not be read. Otherwise nothing. */
export const NotRead = ({ of }: NotReadProps) => {
  const failed = of.filter(({ data, error }) => data === undefined && error !== null);
  const error = failed[0]?.error;
  if (error === undefined || error === null) return null;
  return <Failure error={error} onRetry={() => failed.forEach((read) => void read.refetch())} />;
};
