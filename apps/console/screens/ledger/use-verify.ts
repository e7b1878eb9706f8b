import { useEffect, useRef, useState } from 'react';
import type { LedgerVerificationView } from '#libs/contracts';
import { ask } from '../../ask/ask.js';
import { asError } from '../../parts/as-error.js';

/** Blocks in one request: a second or so of work. */
const AT_ONCE = '500';

export interface Verifying {
  readonly running: boolean;
  /** Blocks that hold so far, of all that there were when it began. */
  readonly blocks: number;
  readonly entries: number;
  readonly checkpoints: number;
  readonly of: number;
  readonly head: string;
  /** How to go on: the gateway has signed where it stopped. */
  readonly next: string | undefined;
  readonly broken: LedgerVerificationView['broken'];
  readonly done: boolean;
}

const NOTHING: Verifying = {
  ...{ running: true, blocks: 0, entries: 0, checkpoints: 0, of: 0, head: '', done: false },
  ...{ next: undefined, broken: undefined },
};

const after = (before: Verifying, range: LedgerVerificationView): Verifying => ({
  running: before.running,
  blocks: before.blocks + range.blocks,
  entries: before.entries + range.entries,
  checkpoints: before.checkpoints + range.checkpoints,
  of: Math.max(before.of, range.of),
  head: range.head,
  next: range.next,
  broken: range.broken,
  done: range.next === undefined,
});

/** Walks the chain range by range, so that it can be stopped, gone on with and watched. */
export const useVerify = () => {
  const [state, setState] = useState<Verifying>();
  const [failure, setFailure] = useState<Error>();
  const paused = useRef(false);
  // Nobody sees how far it gets once they have left.
  useEffect(
    () => () => {
      paused.current = true;
    },
    [],
  );
  const walk = async (from: Verifying): Promise<void> => {
    let at = { ...from, running: true };
    setState(at);
    while (!at.done && !paused.current) {
      const { next } = at;
      at = after(
        at,
        await ask('POST /v1/ledger/verify', { query: { most: AT_ONCE, ...(next === undefined ? {} : { next }) } }),
      );
      setState(at);
    }
    setState({ ...at, running: false });
  };
  const run = (from: Verifying): void => {
    paused.current = false;
    setFailure(undefined);
    walk(from).catch((error: unknown) => {
      setFailure(asError(error));
      setState((before) => (before === undefined ? before : { ...before, running: false }));
    });
  };
  return {
    state,
    failure,
    start: () => run(NOTHING),
    goOn: () => run(state ?? NOTHING),
    pause: () => {
      paused.current = true;
    },
  };
};
