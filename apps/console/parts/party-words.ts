import { catalogue } from '../words/language.js';

export const partyWords = catalogue({
  en: {
    client: 'Client',
    clientHint: 'Type the whole code to find one who is not in the list',
    coverage: 'Coverage',
    noCoverage: 'This client has no coverage yet: record one on the client’s page.',
    clinician: 'Clinician',
    treating: 'treats this client',
    choose: 'Choose',
    nobody: 'No client of this code',
  },
});
