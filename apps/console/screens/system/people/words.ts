import type { StaffRole } from '#libs/contracts';
import { catalogue } from '../../../words/language.js';

const roles: Readonly<Record<StaffRole, string>> = {
  billing: 'Billing',
  clinician: 'Clinician',
  'privacy-officer': 'Privacy officer',
  administrator: 'Administrator',
  auditor: 'Auditor',
  operator: 'Operator',
};

const rolesAbout: Readonly<Record<StaffRole, string>> = {
  billing: 'Invoices, claims, clients and coverages. No clinical text.',
  clinician: 'Treatment reports and the charts of the clients whom they treat.',
  'privacy-officer': 'Holds, readings of the law, releases, the ledger.',
  administrator: 'People, connections, keys. Sees no client.',
  auditor: 'Reads and verifies the ledger.',
  operator: 'Queues and health. Sees no client.',
};

export const peopleWords = catalogue({
  en: {
    about: 'Who may sign in, and as what. There is always somebody left who administers.',
    roles,
    rolesAbout,
    name: 'Name',
    signIn: 'Sign-in name',
    rolesTitle: 'Roles',
    state: 'State',
    active: 'active',
    disabled: 'disabled',
    mustChange: 'has a one-time password',
    isYou: '(you)',
    clinicianIs: 'Is this clinician',
    clinicianNone: 'No clinician',
    add: 'Add somebody',
    addTitle: 'Let somebody sign in',
    addConfirm: 'Make the account',
    added: (name: string) => `One-time password of ${name}`,
    handOver: 'Handed over',
    manage: 'Manage',
    manageTitle: (name: string) => `Account of ${name}`,
    save: 'Save the roles',
    saved: 'Saved. It counts from the next request on.',
    theirs: 'There now',
    disable: 'Disable',
    disableAbout: 'They sign in no more, and their sessions end at once. What they did stays in the ledger.',
    enable: 'Enable again',
    reset: 'New one-time password',
    resetAbout: 'The password so far stops working, and their sessions end at once.',
    disabledNotice: 'The account is disabled.',
    enabledNotice: 'The account is enabled again.',
    needName: 'Enter a name.',
    needSignIn: 'Enter a sign-in name.',
    needRole: 'Choose at least one role.',
    empty: 'Nobody may sign in yet',
    emptyAbout: 'Add the people who work here. Each gets a one-time password that must be changed first.',
  },
});
