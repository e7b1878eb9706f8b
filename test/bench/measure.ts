/** One side of a comparison: its rates a second by the clock, and a second of processor time that this process had. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly samples: readonly number[];
  /** Absent where the work is done by other processes. */
  readonly perProcessorSecond?: { readonly median: number; readonly samples: readonly number[] };
  /** Milliseconds of processor time for one, by the processes that did it; absent where the system does not tell. */
  readonly processorMs?: Readonly<Record<string, number>>;
}

export const median = (samples: readonly number[]): number => {
  const sorted = [...samples].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return (sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2) ?? 0;
};

/** Work to be measured: `prepare` runs outside the measured time, `run` inside it and returns how often it did its thing. */
export interface Side {
  readonly unit: string;
  readonly prepare?: () => void;
  readonly run: () => number;
}

interface Samples {
  readonly byClock: number[];
  readonly byProcessor: number[];
}

const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

/**
 * Runs all sides in turn, round by round, so that what disturbs one disturbs the others too. The first rounds warm up
 * and do not count. Processor time is that of the whole process, garbage collection on other threads included.
 */
export const rounds = (
  sides: Readonly<Record<string, Side>>,
  plan: { readonly warmUp: number; readonly rounds: number },
): readonly Measured[] => {
  const samples = new Map<string, Samples>(Object.keys(sides).map((name) => [name, { byClock: [], byProcessor: [] }]));
  for (let round = -plan.warmUp; round < plan.rounds; round += 1) {
    for (const [name, side] of Object.entries(sides)) {
      side.prepare?.();
      const began = { clock: performance.now(), processor: processorSeconds() };
      const done = side.run();
      const seconds = (performance.now() - began.clock) / 1_000;
      const worked = processorSeconds() - began.processor;
      if (round < 0) continue;
      samples.get(name)?.byClock.push(done / seconds);
      samples.get(name)?.byProcessor.push(done / worked);
    }
  }
  return Object.entries(sides).map(([name, { unit }]): Measured => {
    const { byClock, byProcessor } = samples.get(name) ?? { byClock: [], byProcessor: [] };
    const perProcessorSecond = { median: median(byProcessor), samples: byProcessor };
    return { name, unit, median: median(byClock), samples: byClock, perProcessorSecond };
  });
};
