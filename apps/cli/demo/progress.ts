import { join } from 'node:path';
import { z } from 'zod';
import { parsePlainDate, type PlainDate } from '#libs/kernel';
import { readStateFile, writePrivateFile } from '../up/state-file.js';

const content = z.strictObject({
  version: z.literal(1),
  /** The day from which the days of the demonstration are counted. */
  day: z.string(),
  /** Steps of the story that are over. */
  done: z.int().min(0),
  /** Disclosures by the label of their document. */
  pushed: z.record(z.string(), z.uuid()),
  /** Codes of what the gateway did not take in, by label. */
  refused: z.record(z.string(), z.string()),
  /** Rows of what was seen on the way and is over. */
  seen: z.array(
    z.strictObject({
      what: z.string(),
      insurer: z.string(),
      format: z.string(),
      outcome: z.string(),
      why: z.string(),
      asExpected: z.boolean(),
    }),
  ),
});

type Content = z.output<typeof content>;

/** How far the demonstration has come; on disk, so that the next start goes on where a killed one stopped. */
export class Progress {
  private constructor(
    private readonly file: string,
    private content: Content,
  ) {}

  /** What a state directory remembers; undefined where nothing was begun. */
  static read(stateDirectory: string): Progress | undefined {
    const file = join(stateDirectory, 'demo.json');
    const found = readStateFile(file, content);
    return found === undefined || parsePlainDate(found.day) === undefined ? undefined : new Progress(file, found);
  }

  static begin(stateDirectory: string, from: { readonly day: PlainDate; readonly done: number }): Progress {
    const progress = new Progress(join(stateDirectory, 'demo.json'), {
      version: 1,
      ...from,
      pushed: {},
      refused: {},
      seen: [],
    });
    progress.save({});
    return progress;
  }

  get day(): PlainDate {
    const day = parsePlainDate(this.content.day);
    if (day === undefined) throw new Error('the day of the demonstration is no day');
    return day;
  }

  get done(): number {
    return this.content.done;
  }

  get pushed(): Readonly<Record<string, string>> {
    return this.content.pushed;
  }

  get refused(): Readonly<Record<string, string>> {
    return this.content.refused;
  }

  get seen(): Content['seen'] {
    return this.content.seen;
  }

  save(change: Partial<Pick<Content, 'done' | 'pushed' | 'refused' | 'seen'>>): void {
    this.content = { ...this.content, ...change };
    writePrivateFile(this.file, this.content);
  }
}
