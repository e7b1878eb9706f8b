import { catalogue } from '../../../words/language.js';

export const passwordWords = catalogue({
  en: {
    title: 'Your password',
    about: 'Your other sessions end when you change it.',
    mustTitle: 'Choose your own password',
    mustAbout: 'The password that you signed in with was given out by somebody else. Choose your own to go on.',
    current: 'Password so far',
    next: 'New password',
    nextHint: 'At least twelve characters. Several words are easier to remember than symbols.',
    again: 'New password once more',
    change: 'Change the password',
    changed: 'Your password is changed. Your other sessions have ended.',
    tooShort: 'At least twelve characters.',
    differs: 'The two are not the same.',
    same: 'Choose another one than so far.',
    needCurrent: 'Enter the password so far.',
    wrong: 'The password so far is wrong.',
  },
});
