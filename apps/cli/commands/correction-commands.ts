import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { Accepted, Validated } from '#libs/contracts';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { acceptedSaid, validatedSaid } from './accepted-lines.js';
import { readJsonFile } from './json-file.js';
import { disclosureNamed } from './names.js';
import { namesReplaced } from './names-in-documents.js';
import type { Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

interface CorrectionOptions extends GatewayOptions {
  readonly idempotencyKey?: string;
  readonly dryRun?: boolean;
}

/** The same correction twice is one. */
const keyFor = (kind: string, of: string, body: unknown): string =>
  `cli-${createHash('sha256')
    .update(JSON.stringify([kind, of, body]))
    .digest('hex')}`;

const said = (accepted: Result<Accepted>): Result<Said> => (accepted.ok ? ok(acceptedSaid(accepted.value)) : accepted);

const tried = (validated: Result<Validated>): Result<Said> =>
  validated.ok ? ok(validatedSaid(validated.value)) : validated;

const withInvoice = async (
  gateway: GatewayClient,
  asked: {
    readonly kind: 'replaceClaim' | 'resubmitClaim';
    readonly claim: string;
    readonly file: string;
    readonly options: CorrectionOptions;
  },
): Promise<Result<Said>> => {
  const { kind, claim, file, options } = asked;
  const invoice = await readJsonFile(file);
  if (!invoice.ok) return invoice;
  const id = await disclosureNamed(gateway, claim);
  if (!id.ok) return id;
  const named = await namesReplaced(gateway)(invoice.value);
  if (!named.ok) return named;
  const idempotencyKey = options.idempotencyKey ?? keyFor(kind, id.value, invoice.value);
  const body = unread<'replaceClaim'>(named.value);
  if (options.dryRun === true) return tried(await answered(gateway.tryOut(kind, { params: { id: id.value }, body })));
  return said(await answered(gateway.ask(kind, { params: { id: id.value }, body, idempotencyKey })));
};

const voided = async (gateway: GatewayClient, claim: string, options: CorrectionOptions): Promise<Result<Said>> => {
  const id = await disclosureNamed(gateway, claim);
  if (!id.ok) return id;
  if (options.dryRun === true) return tried(await answered(gateway.tryOut('voidClaim', { params: { id: id.value } })));
  const idempotencyKey = options.idempotencyKey ?? keyFor('void', id.value, undefined);
  return said(await answered(gateway.ask('voidClaim', { params: { id: id.value }, idempotencyKey })));
};

/** `corrections replace | void | resubmit`. */
export const registerCorrectionCommands = (program: Command, shell: Shell): void => {
  const corrections = program.command('corrections').description('claims that went and were wrong');
  const KEY = ['--idempotency-key <key>', 'made of the claim and the file’s content unless said'] as const;
  const DRY_RUN = ['--dry-run', 'only say what would become of it'] as const;
  speaksToGateway(corrections.command('replace <claim> <file>'))
    .description('replace a claim that the insurer has looked at by the amended invoice (frequency 7)')
    .option(...KEY)
    .option(...DRY_RUN)
    .action((claim: string, file: string, options: CorrectionOptions) =>
      atGateway(shell, options, (gateway) => withInvoice(gateway, { kind: 'replaceClaim', claim, file, options })),
    );
  speaksToGateway(corrections.command('void <claim>'))
    .description('void a claim that the insurer has looked at, saying it as it was (frequency 8)')
    .option(...KEY)
    .option(...DRY_RUN)
    .action((claim: string, options: CorrectionOptions) =>
      atGateway(shell, options, (gateway) => voided(gateway, claim, options)),
    );
  speaksToGateway(corrections.command('resubmit <claim> <file>'))
    .description(
      'send a claim again that the insurer refused before looking at it, as the amended invoice says; a void with the invoice as it was sent',
    )
    .option(...KEY)
    .option(...DRY_RUN)
    .action((claim: string, file: string, options: CorrectionOptions) =>
      atGateway(shell, options, (gateway) => withInvoice(gateway, { kind: 'resubmitClaim', claim, file, options })),
    );
};
