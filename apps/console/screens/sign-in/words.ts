import { catalogue } from '../../words/language.js';

export const signInWords = catalogue({
  en: {
    title: 'Sign in to Sluice',
    about: 'Nothing leaves this practice that the client’s written release does not allow.',
    lockedTitle: 'Locked',
    locked: (name: string) => `Sign in again as ${name} to go on where you were. What you entered is still here.`,
    name: 'Sign-in name',
    password: 'Password',
    enter: 'Sign in',
    wrong: 'The name or the password is wrong.',
    tooMany: 'Too many attempts. Wait a minute before the next one.',
    unreachable: 'The gateway cannot be reached. Check the connection and try again.',
    failed: 'Signing in did not work. Try again later.',
    unended: 'The gateway was not told that you are gone.',
    unendedAbout:
      'It could not be reached. Until it has been told, whoever reloads this page is let in without a password.',
    end: 'End the session',
  },
});
