import { catalogue } from '../../words/language.js';

export const renewalWords = catalogue({
  en: {
    title: 'Expiring releases',
    about:
      'Releases whose last day is near. A renewal asks for the same once more and for nothing else; nothing goes under it before it is signed.',
    within: 'Ending within',
    days: (days: string) => `${days} days`,
    client: 'Client',
    until: 'Last day',
    left: 'Days left',
    reminders: 'Reminders',
    release: 'Release',
    open: 'Open',
    openOf: (code: string) => `Open the release of ${code}`,
    empty: 'Nothing ends in this time',
    emptyAbout:
      'Releases appear here thirty days before their last day, and reminders go out with 30, 14 and 3 days left.',
    renew: (count: number) => (count === 1 ? 'Renew 1 release…' : `Renew ${count} releases…`),
    dialog: 'Renew',
    states: (count: number) =>
      `${count === 1 ? 'One draft is' : `${count} drafts are`} written that grant${count === 1 ? 's' : ''} the same as before, and no more. Each client has to sign; once signed it replaces the one before.`,
    newEnd: 'New last day',
    withLinks: 'Make a link for each client to sign from afar',
    save: 'Renew',
    results: 'What became of them',
    once: 'Links and codes are shown once. Copy them now; nobody can show them again.',
    done: 'I have copied them',
    draft: 'Open the draft',
    failed: 'Not renewed',
  },
});
