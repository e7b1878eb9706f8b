import { createServer } from 'node:net';
import { failed, issue, ok, type Result } from '#libs/kernel';

const listenOn = (host: string, port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });

export interface Wanted {
  /** Setting that names the port, for the message. */
  readonly name: string;
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** Whether any other will do where somebody else has it. */
  readonly orAnother: boolean;
}

/** A port that nobody listened on a moment ago. `up.port-taken` with the name of the setting. */
export const choosePort = async ({ name, host, port, orAnother }: Wanted): Promise<Result<number>> => {
  const found = (await listenOn(host, port)) ?? (orAnother ? await listenOn(host, 0) : undefined);
  return found === undefined ? failed(issue('up.port-taken', name)) : ok(found);
};
