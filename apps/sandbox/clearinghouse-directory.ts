import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Clearinghouse } from './clearinghouse.js';

const LOOK_EVERY_MS = 50;
const MOST_ANSWERS = 200;
/** A name that begins with a dot is nobody's yet. */
const isWhole = (name: string): boolean => !name.startsWith('.');

/** Whoever may write into the directories, where that is somebody else than the sandbox. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A clearinghouse by files: interchanges are left in `in`, answers are found in `out`. A file is taken out of `in` when
 * what it holds is on disk in the ledger; one that was taken and is still there after a crash is known by its name. What
 * cannot be brought to anybody is moved to `refused`, for a person.
 */
export class ClearinghouseDirectory {
  private readonly inbound: string;
  private readonly outbound: string;
  private readonly refused: string;
  private readonly timer: NodeJS.Timeout;
  private delivered: number;

  constructor(
    private readonly house: Clearinghouse,
    directory: string,
    owner: Owner | undefined,
  ) {
    const [inbound, outbound, refused] = (['in', 'out', 'refused'] as const).map((name) => join(directory, name));
    this.inbound = inbound ?? '';
    this.outbound = outbound ?? '';
    this.refused = refused ?? '';
    for (const one of [this.inbound, this.outbound, this.refused]) {
      mkdirSync(one, { recursive: true });
      if (owner !== undefined) chownSync(one, owner.uid, owner.gid);
    }
    this.delivered = existsSync(this.noted) ? Number(readFileSync(this.noted, 'utf8')) : 0;
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** How many answers were left already; those that somebody took are not left again. */
  private get noted(): string {
    return join(this.outbound, '.left');
  }

  private look(): void {
    try {
      for (const name of readdirSync(this.inbound).filter(isWhole).sort()) this.take(name);
      this.leave();
    } catch {
      // A disk that is full, a ledger that cannot be written: what was not taken stays where it is, for the next look.
    }
  }

  private take(name: string): void {
    const path = join(this.inbound, name);
    if (!statSync(path).isFile()) return;
    const brought = this.house.known(name) === undefined ? this.house.bring(readFileSync(path), name) : undefined;
    if (brought === undefined || brought.kind === 'taken') rmSync(path);
    else renameSync(path, join(this.refused, `${brought.kind}-${name}`));
  }

  private leave(): void {
    const answers = this.house.answers(this.delivered, MOST_ANSWERS);
    for (const { id, mediaType, body } of answers) {
      const name = `${id}${mediaType === 'application/edi-x12' ? '.x12' : '.json'}`;
      writeFileSync(join(this.outbound, `.${name}`), body, { mode: 0o644 });
      renameSync(join(this.outbound, `.${name}`), join(this.outbound, name));
    }
    if (answers.length === 0) return;
    this.delivered += answers.length;
    writeFileSync(`${this.noted}.new`, String(this.delivered));
    renameSync(`${this.noted}.new`, this.noted);
  }
}
