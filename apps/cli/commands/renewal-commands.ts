import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { ExpiringReleaseView, Renewals } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { inColumnsOr } from './columns.js';
import { signingTermsOf, withSigningTerms } from './link-commands.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

export const reminderLines = (rows: readonly ExpiringReleaseView[]): readonly string[] =>
  inColumnsOr(
    'No release is over soon.',
    ['Release', 'Client', 'Last day', 'Days left', 'Reminders'],
    rows.map(({ release, client, validUntil, daysLeft, reminders }) => [
      ...[release, client, validUntil, String(daysLeft)],
      reminders.map(({ days }) => `${days} days`).join(', '),
    ]),
  );

export const renewalLines = (rows: Renewals['rows']): readonly string[] =>
  inColumnsOr(
    'Nothing was renewed.',
    ['Release', 'Draft', 'Link, or why not'],
    rows.map(({ release, draft, link, issues }) => [
      release,
      draft ?? '',
      link?.path ?? issues.map(({ code, path }) => `${code} ${path}`.trim()).join(', '),
    ]),
  );

const WITHIN = ['30', '14', '3'] as const;

interface ReminderOptions extends GatewayOptions {
  readonly within?: string;
}

const reminders = async (gateway: GatewayClient, { within }: ReminderOptions): Promise<Result<Said>> => {
  const asked = WITHIN.find((one) => one === within);
  if (within !== undefined && asked === undefined)
    return failed(issue('cli.not-a-choice', '--within', WITHIN.join(', ')));
  const query = asked === undefined ? {} : { within: asked };
  const listed = await answered(gateway.ask('listExpiringReleases', { query }));
  return listed.ok ? ok(said(reminderLines(listed.value.rows), listed.value.rows)) : listed;
};

interface RenewOptions extends GatewayOptions {
  readonly until: string;
  readonly links?: boolean;
  readonly days: string;
  readonly language: string;
  readonly factor: string;
}

const renew = async (
  gateway: GatewayClient,
  releases: readonly string[],
  options: RenewOptions,
): Promise<Result<Said>> => {
  const { until: validUntil, links } = options;
  const body = unread<'renewReleases'>({
    releases,
    validUntil,
    ...(links === true ? { link: signingTermsOf(options) } : {}),
  });
  const renewed = await answered(gateway.ask('renewReleases', { body }));
  if (!renewed.ok) return renewed;
  const { rows } = renewed.value;
  return ok({ lines: renewalLines(rows), isWell: rows.every(({ issues }) => issues.length === 0), data: rows });
};

/** `renewals`, `reminders`. */
export const registerRenewalCommands = (program: Command, shell: Shell): void => {
  speaksToGateway(program.command('reminders'))
    .description('list releases that are over soon, soonest first, and the reminders that were due')
    .option('--within <days>', '30, 14 or 3')
    .action((options: ReminderOptions) => atGateway(shell, options, (gateway) => reminders(gateway, options)));
  withSigningTerms(speaksToGateway(program.command('renewals <releases...>')))
    .description('draft releases once more for longer, adding nothing')
    .requiredOption('--until <date>', 'the last day of the new ones')
    .option('--links', 'and make links to sign them')
    .action((releases: readonly string[], options: RenewOptions) =>
      atGateway(shell, options, (gateway) => renew(gateway, releases, options)),
    );
};
