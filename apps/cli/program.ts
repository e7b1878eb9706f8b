import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import type { Issue, Result } from '#libs/kernel';
import { projectRoot, readSettings } from '#libs/settings';
import { type BatchOptions, submitBatch } from './commands/batch-command.js';
import { registerConnectionCommands } from './commands/connection-commands.js';
import { registerCorrectionCommands } from './commands/correction-commands.js';
import { registerDisclosureCommands } from './commands/disclosure-commands.js';
import { explain, previewFile, submitFile, type SubmitOptions } from './commands/gateway-commands.js';
import { type ImportOptions, importRows } from './commands/import-command.js';
import { rotateKeys, shredClient, type ShredOptions } from './commands/key-commands.js';
import { registerInboxCommands } from './commands/inbox-commands.js';
import { registerLinkCommands } from './commands/link-commands.js';
import { exportLedgerTo, showLedgerKey, verifyLedgers, type VerifyOptions } from './commands/ledger-commands.js';
import { backUp, restoreBackup } from './commands/backup-commands.js';
import { registerPracticeCommands } from './commands/practice-commands.js';
import { registerReleaseCommands } from './commands/release-commands.js';
import { registerRenewalCommands } from './commands/renewal-commands.js';
import { reconcileRestored } from './commands/restore-commands.js';
import { registerRouteCommands } from './commands/route-commands.js';
import type { Said } from './commands/said.js';
import { registerScanCommands } from './commands/scan-commands.js';
import { shadowFile } from './commands/shadow-command.js';
import { EXIT_CODES, type GatewayOptions, type Shell, speaksToGateway } from './commands/shell.js';
import { migrateStore, seedStore } from './commands/store-commands.js';
import { linesOf } from './failure.js';
import type { Screen } from './up/screen.js';
import { up } from './up/up.js';

/** What the program needs of the process that it runs in. */
export interface Terminal {
  readonly screen: Screen;
  readonly input: NodeJS.ReadableStream;
  /** Aborted when the process is told to end. */
  readonly over: AbortSignal;
  readonly exit: (code: number) => void;
}

const described = z.looseObject({ version: z.string() });

const versionOf = (): string =>
  described.parse(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'))).version;

/** The command line: `sluice <command>`. Every failure is one line with its code, on standard error, and exit code 1. */
export const programOver = (terminal: Terminal): Command => {
  const { screen, input, exit } = terminal;
  const fail = (issues: readonly Issue[]): void => {
    for (const line of linesOf(issues)) screen.say(line);
    exit(1);
  };
  const answer = (result: Result<Said>, options: { readonly json?: boolean } = {}): void => {
    if (!result.ok) {
      fail(result.issues);
      return;
    }
    const { lines, data, isWell } = result.value;
    if (options.json === true && data !== undefined) screen.show(JSON.stringify(data, null, 2));
    else for (const line of lines) screen.show(line);
    exit(isWell ? 0 : 1);
  };
  const program = new Command('sluice')
    .description(
      'A disclosure gateway for psychotherapy practices: nothing leaves that the client’s release does not allow.',
    )
    .version(versionOf())
    .showHelpAfterError()
    .addHelpText('after', EXIT_CODES);
  const shell: Shell = { screen, input, answer };
  program
    .command('up')
    .description('bring everything up, show the demonstration, and serve')
    .option('--once', 'stop when the demonstration has been shown; exit code 1 unless all is as expected')
    .option('--no-demonstration', 'serve at once, and leave the demonstration for another start')
    .action(async (options: { readonly once?: boolean; readonly demonstration: boolean }) => {
      const settings = readSettings();
      if (!settings.ok) {
        fail(settings.issues);
        return;
      }
      const { code, issues } = await up(settings.value, {
        once: options.once === true,
        demonstrates: options.demonstration,
        screen,
        over: terminal.over,
      });
      if (issues.length > 0) fail(issues);
      else exit(code);
    });
  speaksToGateway(program.command('preview <file>'))
    .description('show what of an invoice or report would go, change or stay, and why; keeps nothing')
    .action(async (file: string, options: GatewayOptions) => answer(await previewFile(file, options, input), options));
  speaksToGateway(program.command('submit <file>'))
    .description('submit an invoice or report')
    .option('--idempotency-key <key>', 'made of the file’s content unless said')
    .action(async (file: string, options: SubmitOptions) => answer(await submitFile(file, options, input), options));
  speaksToGateway(program.command('batch <file>'))
    .description('submit the invoices of a file (.json or .jsonl), each by itself')
    .option('--dry-run', 'only say what would become of them')
    .option('--idempotency-key <key>', 'made of the file’s content unless said')
    .action(async (file: string, options: BatchOptions) =>
      answer(await submitBatch(file, options, { input, screen }), options),
    );
  speaksToGateway(program.command('explain <disclosure>'))
    .description('say why a disclosure goes as it goes, or waits (id, or a number by which it is found)')
    .action(async (id: string, options: GatewayOptions) => answer(await explain(id, options, input), options));
  speaksToGateway(program.command('import <kind> <file>'))
    .description('import clients, coverages, insurers or releases from a comma-separated file (UTF-8)')
    .option('--dry-run', 'say what would come of each row, and keep nothing')
    .action(async (kind: string, file: string, options: ImportOptions) =>
      answer(await importRows({ kind, file, screen }, options, input), options),
    );
  speaksToGateway(program.command('shadow <file>'))
    .description('say what would become of invoices if they were submitted now; stores and sends nothing')
    .action(async (file: string, options: GatewayOptions) =>
      answer(await shadowFile({ file, screen }, options, input), options),
    );
  registerDisclosureCommands(program, shell);
  registerCorrectionCommands(program, shell);
  registerReleaseCommands(program, shell);
  registerScanCommands(program, shell);
  registerLinkCommands(program, shell);
  registerRenewalCommands(program, shell);
  registerRouteCommands(program, shell);
  registerConnectionCommands(program, shell);
  registerPracticeCommands(program, shell);
  registerInboxCommands(program, shell);
  program
    .command('verify-ledger')
    .description('walk the ledger of every practice and say whether it holds')
    .option('--against <file>', 'an exported ledger: what was signed in it must still be there')
    .option('--file <file>', 'verify an exported ledger by itself; needs neither database nor keys')
    .option('--signing-key <base64>', 'with --file: the key that must have signed it')
    .action(async (options: VerifyOptions) => answer(await verifyLedgers(options, screen)));
  program
    .command('export-ledger <file>')
    .description('sign where a ledger ends and write all of it to a file that anybody can verify')
    .option('--practice <id>', 'whose; needed where there are several')
    .action(async (file: string, options: { readonly practice?: string }) =>
      answer(await exportLedgerTo(file, options, screen)),
    );
  program
    .command('ledger-key')
    .description('show the public key with which ledgers are signed')
    .action(async () => answer(await showLedgerKey()));
  program
    .command('shred-client <client-code>')
    .description('destroy the key of a client, as a privacy officer: nothing about the client can be read again')
    .option('--user <name>', 'sign-in name of the privacy officer')
    .option('--password-stdin', 'read the password from standard input')
    .option('--irrevocably', 'confirm that nothing can bring the client back')
    .action(async (code: string, options: ShredOptions) => answer(await shredClient(code, options, input)));
  program
    .command('rotate-keys')
    .description('wrap the key of every client in a new key-encryption key')
    .option('--retire', 'give up the old ones, once nothing is wrapped in them')
    .action(async (options: { readonly retire?: boolean }) => answer(await rotateKeys(options, screen)));
  program
    .command('backup')
    .description('copy the built-in database into a new directory, while it runs or not')
    .requiredOption('--to <directory>', 'where; it must not be there yet')
    .action(async ({ to }: { readonly to: string }) => answer(await backUp(to)));
  program
    .command('restore-backup')
    .description(
      'put such a copy in the place of the built-in database, which must be stopped; what is there is kept aside',
    )
    .requiredOption('--from <directory>', 'the backup')
    .action(async ({ from }: { readonly from: string }) => answer(await restoreBackup(from)));
  program
    .command('reconcile-restore')
    .description('after a restore: park what may have been sent since the backup, so that workers send again')
    .option('--without-journal', 'there is no journal of sends: park everything that would go')
    .action(async (options: { readonly withoutJournal?: boolean }) => answer(await reconcileRestored(options)));
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(async () => answer(await migrateStore()));
  program
    .command('seed')
    .description('make the fictitious practice of the demonstration')
    .action(async () => answer(await seedStore()));
  return program;
};
