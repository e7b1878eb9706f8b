import { spawn } from 'node:child_process';
import { type ServerUser, spawnAs } from './server-user.js';

/** Nothing of our own environment reaches the server: it holds secrets, and Postgres takes defaults from it. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end as the server's user. `false`: it could not start or ended with a failure. */
export const runProgram = (program: string, options: { args: readonly string[]; user: ServerUser }): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, options.args, {
      ...spawnAs(options.user),
      cwd: '/',
      env: serverEnvironment,
      stdio: 'ignore',
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
