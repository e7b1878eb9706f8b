import { catalogue } from '../../words/language.js';

export const readingWords = catalogue({
  en: {
    title: 'Readings of the law',
    about:
      'Some statutes cap what an insurer may be told, whatever the client signs. Each cap stands by its letter, until a privacy officer signs an interpretation of it.',
    empty: 'No statutory caps are on record',
    emptyAbout:
      'Caps come with the installation (config/ceilings). Without any, only the client’s release and the restrictions decide what goes.',
    concerns: 'Concerns this practice',
    concernsNot: 'No clinician here is licensed under it',
    disabled: 'Disabled: not verified',
    disabledAbout:
      'Nobody has verified this text in the law itself. It limits nothing, and no reading of it can be chosen, until it has been verified.',
    literal: 'Taken literally',
    read: 'Read by interpretation',
    nothing: 'Nothing chosen: taken literally',
    text: 'Text as of',
    jurisdiction: 'Jurisdiction',
    allows: 'Allows at most',
    fields: (count: number) => (count === 1 ? '1 field' : `${count} fields`),
    showFields: 'Show the fields',
    hideFields: 'Hide the fields',
    signed: (when: string, who: string) => `Signed ${when} by ${who}`,
    you: 'you',
    officer: 'a privacy officer',
    byLetter: 'By its letter',
    byLetterAbout:
      'Only the fields in the statute’s own list may go. A document that must tell more is held, or withheld where its format has a place for that.',
    interpretation: 'Interpretation',
    interpretationAbout:
      'This is an argument, not the text of the law. Whoever chooses it answers for it, and every ruling that rests on it says so.',
    forWhat: (format: string, purpose: string) => `For ${format}, purpose ${purpose}`,
    element: 'Required element',
    argument: 'Why this reading takes it to be allowed',
    choose: 'Choose',
    chosen: 'In force',
    revoke: 'Revoke',
    noReadings: 'Nobody has written a reading of this cap. It stands by its letter.',
    chooseTitle: 'Sign this reading',
    literalTitle: 'Take this cap by its letter',
    revokeTitle: 'Revoke this reading',
    states: (citation: string, how: string) => `${citation} will be read as “${how}”.`,
    statesLiteral: (citation: string) => `${citation} will be taken by its letter.`,
    statesRevoked: (citation: string) => `${citation} will stand by its letter again, as if nothing had been chosen.`,
    looking: 'Deciding what waits once more, as if this were signed…',
    looked: (count: number, more: boolean) =>
      `${count === 1 ? '1 document that waits was' : `${count} documents that wait were`} decided once more${more ? '; there are more' : ''}.`,
    goes: (count: number, insurer: string) =>
      `${count === 1 ? '1 claim or report that is held now' : `${count} claims and reports that are held now`} would go to ${insurer}.`,
    holds: (count: number, insurer: string) =>
      `${count === 1 ? '1 claim or report that would go now' : `${count} claims and reports that would go now`} to ${insurer} would be held.`,
    stays: (count: number) =>
      count === 1 ? '1 is held for another reason and stays so.' : `${count} are held for other reasons and stay so.`,
    noChange: 'Nothing that waits now would go or be held because of it.',
    later: 'Everything that is sent from now on is decided under it. What was sent stays as it was.',
    sign: 'Sign in my name as privacy officer',
    signAs: (name: string) => `Your session, ${name}, is the signature. The ledger keeps it.`,
    chosenNotice: 'The reading is signed.',
    revokedNotice: 'The reading is revoked.',
    history: 'Earlier choices',
    historyRow: (how: string, from: string, until: string) => `${how}: ${from} – ${until}`,
    mayNot: 'Only a privacy officer chooses and signs a reading.',
  },
});
