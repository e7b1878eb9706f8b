import { catalogue } from '../../words/language.js';

const some = (count: number, word: string): readonly string[] => (count === 0 ? [] : [`${count} ${word}`]);

interface Summary {
  readonly ready: number;
  readonly waiting: number;
  readonly revoked: number;
  readonly closed: number;
  readonly refused: number;
}

export const bulkWords = catalogue({
  en: {
    title: (count: number) => `${count} selected`,
    action: 'What to do',
    actions: {
      cancel: 'Cancel them',
      'draft-amendment': 'Draft amendments for the clients',
      'smaller-format': 'Send a statement in place of each',
      'use-markers': 'Send with “withheld by client authorization”',
      'keep-holding': 'Keep holding',
      assign: 'Assign them',
      snooze: 'Put them off',
    },
    staff: 'To whom',
    nobody: 'Nobody',
    until: 'Until the beginning of',
    rehearse: 'See what would come of it',
    rehearsed: 'Nothing is done yet. This is what would come of it:',
    everyGate: 'Each goes through the same gate as by itself: none is skipped.',
    summary: ({ ready, waiting, revoked, closed, refused }: Summary): string => {
      const gaps = waiting - revoked;
      const parts = [
        ...some(ready, 'ready'),
        ...some(gaps, gaps === 1 ? 'gap' : 'gaps'),
        ...some(revoked, 'revoked'),
        ...some(closed, 'closed'),
        ...some(refused, 'refused'),
      ];
      return parts.length === 0 ? 'Nothing would change' : parts.join(', ');
    },
    confirm: (count: number) => `Do it to ${count}`,
    again: 'Try again: each is done once',
    done: (count: number) => (count === 1 ? 'Done: 1 submission.' : `Done: ${count} submissions.`),
    results: 'Result of each',
    submission: 'Submission',
    result: 'Result',
    refused: 'Refused',
    replayed: 'done before',
    back: 'Change what to do',
    needed: 'Say to whom, or until when.',
  },
});
