import { define } from '../field.js';

const identity = define('administrative', 1);
const fees = define('fees', 2);
const since2 = { since: 2 } as const;
/** Said of all services of the claim together. */
const ofAllLines = { since: 2, ofAllLines: true } as const;
const line = { since: 2, scope: 'line' } as const;

/**
 * Another insurer of the same client, and what it decided. To tell one insurer of the other is a disclosure of its own:
 * a group such as `coverage.*` that was signed before these ids were there does not grant them.
 */
export const OTHER_COVERAGE_FIELDS = {
  'coverage.other.payer': identity('text', ['Other payer', 'that you have a second insurance']),
  'coverage.other.payerId': identity('coded', ['Other payer’s id', 'the number of your other insurer'], since2),
  'coverage.other.planKind': identity('coded', ['Kind of other plan', 'what kind of plan your other one is'], since2),
  'coverage.other.memberId': identity('coded', ['Member id there', 'your member number at the other insurer'], {
    ...since2,
    longest: 80,
  }),
  'coverage.other.relationship': identity(
    'coded',
    ['Relationship to the other subscriber', 'how you are related to the holder of the other policy'],
    { ...since2, values: ['self', 'spouse', 'child', 'other'] },
  ),
  'coverage.other.subscriber': identity('name', ['Other subscriber', 'the name of the holder of the other policy'], {
    ...since2,
    about: 'thirdPerson',
  }),
  'coverage.other.claimNumber': identity('coded', ['Claim number there', 'the other insurer’s number of the claim'], {
    ...since2,
    longest: 50,
  }),
  'coverage.other.paid': identity('money', ['Other payer paid', 'what another insurer paid'], { ofAllLines: true }),
  'coverage.other.adjustments': fees(
    'list',
    ['Other payer’s adjustments', 'why another insurer did not pay all of it'],
    ofAllLines,
  ),
  'coverage.other.adjudicatedOn': fees('date', ['Date of its decision', 'when the other insurer decided'], ofAllLines),
  'coverage.other.linePaid': fees('money', ['Paid per session', 'what another insurer paid for each session'], line),
  'coverage.other.lineAdjustments': fees(
    'list',
    ['Adjustments per session', 'why another insurer did not pay all of a session'],
    line,
  ),
} as const;
