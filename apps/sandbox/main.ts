import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { insurersFileSchema } from './insurer-profile.js';
import { startSandbox } from './server.js';

const USAGE =
  'sandbox --ledger <file> --insurers <json file> [--port 0] [--host 127.0.0.1] [--tls-key <pem> --tls-cert <pem>] [--stdin-guard]';

const readFlags = () =>
  parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      ledger: { type: 'string' },
      insurers: { type: 'string' },
      'tls-key': { type: 'string' },
      'tls-cert': { type: 'string' },
      'stdin-guard': { type: 'boolean', default: false },
    },
  }).values;

const run = async (): Promise<void> => {
  const flags = readFlags();
  const { ledger, insurers, 'tls-key': key, 'tls-cert': cert } = flags;
  if (ledger === undefined || insurers === undefined || (key === undefined) !== (cert === undefined)) {
    throw new Error(USAGE);
  }
  const file = insurersFileSchema.parse(JSON.parse(readFileSync(insurers, 'utf8')));
  const sandbox = await startSandbox({
    ...file,
    port: Number(flags.port),
    host: flags.host,
    ledgerFile: ledger,
    ...(key === undefined || cert === undefined ? {} : { tls: { key: readFileSync(key), cert: readFileSync(cert) } }),
  });
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (flags['stdin-guard']) {
    // Whoever started the sandbox holds its standard input: when they are gone, however they went, it goes too.
    process.stdin.once('end', stop);
    process.stdin.once('close', stop);
    process.stdin.resume();
  }
  process.stdout.write(`${JSON.stringify({ listening: sandbox.port })}\n`);
};

run().catch((failure: unknown) => {
  process.stderr.write(`${failure instanceof Error ? failure.message : 'the sandbox could not start'}\n`);
  process.exitCode = 2;
});
