import type { Command } from 'commander';
import type { PracticeView } from '#libs/contracts';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

const shown = (result: Result<PracticeView>): Result<Said> =>
  result.ok
    ? ok(said([`${result.value.name}, whose days are those of ${result.value.timeZone}`], result.value))
    : result;

/** `practice show | time-zone`. */
export const registerPracticeCommands = (program: Command, shell: Shell): void => {
  const practice = program.command('practice').description('the practice itself');
  speaksToGateway(practice.command('show'))
    .description('show its name, and the time zone in which its days begin and end')
    .action((options: GatewayOptions) =>
      atGateway(shell, options, async (gateway) => shown(await answered(gateway.ask('readPractice', {})))),
    );
  speaksToGateway(practice.command('time-zone <zone>'))
    .description('say in which time zone its days begin and end (such as America/Los_Angeles), for every release')
    .action((timeZone: string, options: GatewayOptions) =>
      atGateway(shell, options, async (gateway) =>
        shown(await answered(gateway.ask('setTimeZone', { body: unread<'setTimeZone'>({ timeZone }) }))),
      ),
    );
};
