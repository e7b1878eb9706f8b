import { catalogue } from '../../words/language.js';

export const clientWords = catalogue({
  en: {
    title: 'Clients and releases',
    about: 'Everybody whom you may see, by code. What may be told about a client stands on the client’s page.',
    code: 'Code',
    codeHint: 'What staff see who need no name. It must say nothing about anybody.',
    name: 'Name',
    birthDate: 'Born',
    place: 'Place',
    find: 'Find by code',
    findHint: 'The whole code',
    open: (code: string) => `Open ${code}`,
    record: 'Record a client',
    save: 'Record the client',
    empty: 'No clients yet',
    emptyAbout:
      'Record a client here, or import them from a file; then the coverage, and the release that the client signs.',
    none: 'No client of this code',
    noneAbout: 'Codes are found as they were recorded, whole. Take the code away to see the list.',
    identity: {
      firstName: 'First name',
      lastName: 'Last name',
      birthDate: 'Date of birth',
      sex: 'Sex, as the insurer has it',
      phone: 'Phone',
      email: 'E-mail',
    },
    sex: { F: 'Female', M: 'Male', U: 'Not said' },
    address: { line: 'Street', city: 'City', region: 'State or province', postal: 'Postal code' },
    confidential: 'Another address where the client asked to be reached; documents tell it instead',
  },
});
