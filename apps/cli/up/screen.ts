/** Where somebody reads along. Progress goes to standard error, results to standard output. */
export interface Screen {
  /** A step that is over. */
  say(line: string): void;
  /** How far a step has come, and with what: rewritten in place on a terminal, a line each elsewhere. */
  count(what: string, progress: { readonly done: number; readonly of: number; readonly item?: string }): void;
  /** A result. */
  show(line: string): void;
  /** Columns, if it is a terminal. */
  readonly columns: number | undefined;
}

const CLEAR_LINE = '\r\u001b[K';

export const terminalScreen = (): Screen => {
  let counting = false;
  const endCounting = (): void => {
    if (counting) process.stderr.write('\n');
    counting = false;
  };
  return {
    say: (line) => {
      endCounting();
      process.stderr.write(`${line}\n`);
    },
    count: (what, { done, of, item }) => {
      const line = `${what}: ${done} of ${of}`;
      if (!process.stderr.isTTY) {
        process.stderr.write(item === undefined ? `${line}\n` : `${line} · ${item}\n`);
        return;
      }
      process.stderr.write(`${CLEAR_LINE}${line}`);
      counting = done < of;
      if (!counting) process.stderr.write('\n');
    },
    show: (line) => {
      endCounting();
      process.stdout.write(`${line}\n`);
    },
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  };
};
