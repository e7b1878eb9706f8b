import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { DisclosureSummary } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { disclosureLines } from './disclosure-lines.js';
import { clientNamed, disclosureNamed, insurerNamed } from './names.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

const LOOK_EVERY_MS = 250;

interface ListOptions extends GatewayOptions {
  readonly state?: string;
  readonly client?: string;
  readonly insurer?: string;
  readonly limit: string;
}

const list = async (gateway: GatewayClient, options: ListOptions): Promise<Result<Said>> => {
  const client = options.client === undefined ? undefined : await clientNamed(gateway, options.client);
  if (client?.ok === false) return client;
  const insurer = options.insurer === undefined ? undefined : await insurerNamed(gateway, options.insurer);
  if (insurer?.ok === false) return insurer;
  const query = {
    ...(options.state === undefined ? {} : { state: options.state }),
    ...(client === undefined ? {} : { client: client.value }),
    ...(insurer === undefined ? {} : { insurer: insurer.value.id }),
    limit: '100',
  };
  const rows: DisclosureSummary[] = [];
  const read = async (): Promise<void> => {
    for await (const row of gateway.all('listDisclosures', { query })) {
      if (rows.length >= Number(options.limit)) return;
      rows.push(row);
    }
  };
  const done = await answered(read());
  return done.ok ? ok(said(disclosureLines(rows), rows)) : done;
};

const found = async (gateway: GatewayClient, number: string): Promise<Result<Said>> => {
  const result = await answered(gateway.ask('search', { query: { q: number } }));
  return result.ok
    ? ok({ lines: disclosureLines(result.value.rows), isWell: result.value.rows.length > 0, data: result.value.rows })
    : result;
};

interface WaitOptions extends GatewayOptions {
  readonly for: string;
  readonly within: string;
}

/** Asks until all stand there, or the time is over. Not well: one does not. */
const wait = async (
  gateway: GatewayClient,
  asked: { readonly names: readonly string[]; readonly options: WaitOptions; readonly shell: Shell },
): Promise<Result<Said>> => {
  const { names, options, shell } = asked;
  const ids: string[] = [];
  for (const name of names) {
    const id = await disclosureNamed(gateway, name);
    if (!id.ok) return id;
    ids.push(id.value);
  }
  const wanted = options.for.split(',');
  const deadline = performance.now() + Number(options.within) * 1_000;
  let told = -1;
  for (;;) {
    const rows: DisclosureSummary[] = [];
    for (const id of ids) {
      const read = await answered(gateway.ask('readDisclosure', { params: { id } }));
      if (!read.ok) return read;
      rows.push(read.value);
    }
    const there = rows.filter(({ status }) => wanted.includes(status)).length;
    if (there !== told) shell.screen.count(`Waiting for ${options.for}`, { done: there, of: ids.length });
    told = there;
    if (there === ids.length || performance.now() > deadline)
      return ok({ lines: disclosureLines(rows), isWell: there === ids.length, data: rows });
    await sleep(LOOK_EVERY_MS);
  }
};

const cancel = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const id = await disclosureNamed(gateway, name);
  if (!id.ok) return id;
  const cancelled = await answered(gateway.ask('cancelDisclosure', { params: { id: id.value } }));
  return cancelled.ok ? ok(said(disclosureLines([cancelled.value]), cancelled.value)) : cancelled;
};

interface ReceiptOptions extends GatewayOptions {
  readonly to: string;
}

/** The paper is the client's: it goes to a file that was not there, for its owner alone. */
const receipt = async (gateway: GatewayClient, name: string, { to }: ReceiptOptions): Promise<Result<Said>> => {
  const id = await disclosureNamed(gateway, name);
  if (!id.ok) return id;
  const shown = await answered(gateway.ask('readDisclosure', { params: { id: id.value } }));
  if (!shown.ok) return shown;
  const asked = { params: { id: shown.value.document } };
  const type = to.endsWith('.json') ? 'application/json' : 'application/pdf';
  const given = await answered(gateway.download('giveReceipt', asked, type));
  if (!given.ok) return given;
  const written = await writeFile(to, given.value.bytes, { flag: 'wx', mode: 0o600 }).then(
    () => true,
    () => false,
  );
  if (!written) return failed(issue('cli.file-not-creatable', to, 'must not exist yet'));
  return ok(said([`${to}: the receipt, ${given.value.bytes.length} bytes.`], { file: to, ...shownOf(given.value) }));
};

const shownOf = ({ mediaType, bytes }: { readonly mediaType: string; readonly bytes: Uint8Array }) => ({
  mediaType,
  bytes: bytes.length,
});

const SECONDS = '60';
const MOST = '100';

/** `search`, `disclosures list | wait`, `cancel`, `receipt`. */
export const registerDisclosureCommands = (program: Command, shell: Shell): void => {
  speaksToGateway(program.command('search <number>'))
    .description('find disclosures by control number, reference, the insurer’s claim number or a client’s code')
    .action((number: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => found(gateway, number)),
    );
  const disclosures = program.command('disclosures').description('where documents stand that go, went or wait');
  speaksToGateway(disclosures.command('list'))
    .description('list disclosures, newest first')
    .option('--state <states>', 'only these, separated by commas: held, ready, sent, parked …')
    .option('--client <client>', 'only of this client (code or id)')
    .option('--insurer <insurer>', 'only to this insurer')
    .option('--limit <rows>', 'at most so many', MOST)
    .action((options: ListOptions) => atGateway(shell, options, (gateway) => list(gateway, options)));
  speaksToGateway(disclosures.command('wait <disclosures...>'))
    .description('wait until disclosures have come to a status (ids, or numbers by which each is found)')
    .requiredOption('--for <statuses>', 'statuses separated by commas: paid, rejected, held …')
    .option('--within <seconds>', 'how long', SECONDS)
    .action((names: readonly string[], options: WaitOptions) =>
      atGateway(shell, options, (gateway) => wait(gateway, { names, options, shell })),
    );
  speaksToGateway(program.command('cancel <disclosure>'))
    .description('cancel a disclosure of which nothing has left')
    .action((name: string, options: GatewayOptions) => atGateway(shell, options, (gateway) => cancel(gateway, name)));
  speaksToGateway(program.command('receipt <disclosure>'))
    .description('hand the client the receipt of the invoice behind a disclosure; it is written into the ledger')
    .requiredOption('--to <file>', 'a new file: .pdf, or .json')
    .action((name: string, options: ReceiptOptions) =>
      atGateway(shell, options, (gateway) => receipt(gateway, name, options)),
    );
};
