import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { SigningLinkMade, SigningLinkView } from '#libs/contracts';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { inColumnsOr } from './columns.js';
import { releaseNamed } from './names.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

/** What goes to the client, and by which way. */
export const linkMadeLines = ({ path, code, factor, expiresAt }: SigningLinkMade): readonly string[] => [
  path,
  factor === 'birth-date'
    ? '  The client is asked for the date of birth.'
    : `  The client is asked for a code; tell it by telephone: ${code ?? ''}`,
  `  Until ${expiresAt}. It is shown here and never again; send it to the client and to nobody else.`,
];

export const linkLines = (rows: readonly SigningLinkView[]): readonly string[] =>
  inColumnsOr(
    'There are no signing links.',
    ['Link', 'Status', 'Language', 'Asked for', 'Wrong answers', 'Until', 'Made by'],
    rows.map(({ id, status, language, factor, tries, expiresAt, createdBy }) => [
      ...[id, status, language, factor, String(tries), expiresAt, createdBy],
    ]),
  );

interface TermOptions extends GatewayOptions {
  readonly days: string;
  readonly language: string;
  readonly factor: string;
}

export const signingTermsOf = ({ days, language, factor }: TermOptions) => ({ days: Number(days), language, factor });

interface MakeOptions extends TermOptions {
  readonly supersedes?: string;
  readonly addsTo?: string;
}

const make = async (gateway: GatewayClient, name: string, options: MakeOptions): Promise<Result<Said>> => {
  const id = await releaseNamed(gateway, name, ['draft']);
  if (!id.ok) return id;
  const { supersedes, addsTo } = options;
  const older = supersedes ?? addsTo;
  const body = unread<'createSigningLink'>({
    ...signingTermsOf(options),
    ...(older === undefined ? {} : { relation: { kind: supersedes === undefined ? 'adds_to' : 'supersedes', older } }),
  });
  const made = await answered(gateway.ask('createSigningLink', { params: { id: id.value }, body }));
  return made.ok ? ok(said(linkMadeLines(made.value), made.value)) : made;
};

const list = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const id = await releaseNamed(gateway, name, ['draft', 'in-force']);
  if (!id.ok) return id;
  const listed = await answered(gateway.ask('listSigningLinks', { params: { id: id.value } }));
  return listed.ok ? ok(said(linkLines(listed.value.rows), listed.value.rows)) : listed;
};

const withdraw = async (gateway: GatewayClient, name: string, link: string): Promise<Result<Said>> => {
  const id = await releaseNamed(gateway, name, ['draft']);
  if (!id.ok) return id;
  const withdrawn = await answered(gateway.ask('withdrawSigningLink', { params: { id: id.value, link } }));
  return withdrawn.ok ? ok(said([`${link}: withdrawn; whoever opens it finds nothing.`])) : withdrawn;
};

export const withSigningTerms = (command: Command): Command =>
  command
    .option('--days <days>', 'how long it can be used, at most 14', '7')
    .option('--language <language>', 'en or es', 'en')
    .option('--factor <factor>', 'what is asked first: birth-date, or a code that you tell by telephone', 'birth-date');

/** `links make | list | withdraw`. */
export const registerLinkCommands = (program: Command, shell: Shell): void => {
  const links = program.command('links').description('one-time links by which clients sign from afar');
  withSigningTerms(speaksToGateway(links.command('make <release>')))
    .description(
      'make a link by which the client signs this draft, once (release id, or code of a client with one draft)',
    )
    .option('--supersedes <release>', 'the older release that it replaces once it is signed')
    .option('--adds-to <release>', 'the older release that it only adds to')
    .action((release: string, options: MakeOptions) =>
      atGateway(shell, options, (gateway) => make(gateway, release, options)),
    );
  speaksToGateway(links.command('list <release>'))
    .description('list the signing links of a release, without their secrets')
    .action((release: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => list(gateway, release)),
    );
  speaksToGateway(links.command('withdraw <release> <link>'))
    .description('end a signing link')
    .action((release: string, link: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => withdraw(gateway, release, link)),
    );
};
