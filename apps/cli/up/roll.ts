import { join } from 'node:path';
import { z } from 'zod';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { commandLineOf, endIfOurs, runs } from './processes.js';
import { readStateFile, writePrivateFile } from './state-file.js';

const member = z.strictObject({
  name: z.string(),
  pid: z.int().min(1),
  /** What its command line is known by: of a child the file that it runs, of the parent all of it. */
  script: z.string().min(1),
});

const content = z.strictObject({
  parent: member,
  children: z.array(member),
  /** Where the gateway answers. */
  address: z.string().optional(),
});

export type Member = z.output<typeof member>;

const fileIn = (stateDirectory: string): string => join(stateDirectory, 'running.json');

/** The address of the gateway that was last started over this state directory. */
export const lastAddress = (stateDirectory: string): string | undefined =>
  readStateFile(fileIn(stateDirectory), content)?.address;

/** Who runs over one state directory: written down, so that the next start finds what a killed one left behind. */
export class Roll {
  private readonly children = new Map<string, Member>();
  private address: string | undefined;

  private constructor(
    private readonly file: string,
    private readonly parent: Member,
  ) {}

  /**
   * Takes the directory over: ends what a killed start left running, if it verifiably runs our own programs.
   * `up.already-running` with the number of the process that is at it.
   */
  static async take(stateDirectory: string, pid: number): Promise<Result<Roll>> {
    const file = fileIn(stateDirectory);
    const before = readStateFile(file, content);
    if (before !== undefined) {
      const { parent, children } = before;
      if (parent.pid !== pid && (await runs(parent.pid, parent.script))) {
        return failed(issue('up.already-running', `process ${parent.pid}`));
      }
      await Promise.all(children.map((child) => endIfOurs(child.pid, child.script)));
    }
    // However it was called: a path that was typed is not the path of the file.
    const roll = new Roll(file, { name: 'cli', pid, script: await commandLineOf(pid) });
    roll.write();
    return ok(roll);
  }

  enter(child: Member): void {
    this.children.set(child.name, child);
    this.write();
  }

  answersAt(address: string): void {
    this.address = address;
    this.write();
  }

  private write(): void {
    const { parent, address } = this;
    writePrivateFile(this.file, {
      parent,
      children: [...this.children.values()],
      ...(address === undefined ? {} : { address }),
    });
  }
}
