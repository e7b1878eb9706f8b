import { catalogue } from '../../words/language.js';

export const claimWords = catalogue({
  en: {
    title: 'Claims and reports',
    about: 'Every document that goes, or would go, to an insurer, and where it stands.',
    empty: 'No claims or reports yet',
    emptyAbout:
      'Submit an invoice or a treatment report, and it appears here with what happens to it: sent, or held until somebody cures what is missing.',
    noMatch: 'Nothing matches these filters',
    noMatchAbout: 'Take a filter away to see more.',
    client: 'Client',
    insurer: 'Insurer',
    format: 'Format',
    status: 'Status',
    services: 'Services',
    total: 'Total',
    deadline: 'Filing deadline',
    created: 'Submitted',
    next: 'Next step',
  },
});
