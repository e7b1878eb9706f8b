import { describe, expect, it } from 'vitest';
import { ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  day,
  invoiceBag,
  noon,
  NOW,
  release,
  releaseId,
  request,
} from '../../test/support/release-fixtures.js';
import { type Authority, decide, type Decision, type ReleaseRelation } from './index.js';

const DAY = 86_400_000;

const decided = (papers: Authority, now = NOW): Decision =>
  decide(request(invoiceBag(), { format: 'statement', now }), papers, ruleset());

/** `send`, or why not. */
const outcome = (decision: Decision): string =>
  decision.outcome === 'send' ? 'send' : decision.gaps.map(({ cause }) => cause).join(' ');

const related = (kind: ReleaseRelation['kind'], newer: number, older: number): ReleaseRelation => ({
  kind,
  newer: releaseId(newer),
  older: releaseId(older),
  recordedAt: NOW,
});

const from = (number: number, first: string) =>
  release({ id: releaseId(number), signedAt: noon(first) - DAY, validFrom: day(first) });

describe('two papers without a recorded relation', () => {
  const first = from(1, '2026-01-01');
  const second = from(2, '2026-02-01');
  const begins = noon('2026-02-01') - DAY / 2;
  const revoked = (which: number, receivedAt: number, recordedAt: number): Authority =>
    authority([first, second], {
      revocations: [{ release: releaseId(which), receivedAt, recordedAt, channel: 'fax' }],
    });

  it('were never in force together if the one was revoked before the other began', () => {
    expect(outcome(decided(revoked(1, begins - 1, begins - 1)))).toBe('send');
    expect(outcome(decided(revoked(1, begins, begins)))).toBe('send');
  });

  it('were, if the revocation came or was recorded only after that', () => {
    expect(outcome(decided(revoked(1, begins - 1, begins + 1)))).toBe('ambiguous_releases');
    expect(outcome(decided(revoked(1, begins + 1, begins - 1)))).toBe('ambiguous_releases');
  });

  it('and the revocation of a third says nothing of them', () => {
    expect(outcome(decided(revoked(3, begins - 1, begins - 1)))).toBe('ambiguous_releases');
  });

  it('were not, if the one ended on the day before', () => {
    const ended = { ...first, validUntil: day('2026-01-31') };
    expect(outcome(decided(authority([ended, second])))).toBe('send');
    expect(outcome(decided(authority([{ ...ended, validUntil: day('2026-02-01') }, second])))).toBe(
      'ambiguous_releases',
    );
  });
});

describe('a paper that others supersede', () => {
  const older = from(1, '2026-01-01');
  const newer = from(2, '2026-02-01');

  it('is over at the very instant at which the newer begins', () => {
    const begins = noon('2026-07-01') - DAY / 2;
    const later = from(2, '2026-07-01');
    const papers = authority([older, later], { relations: [related('supersedes', 2, 1)] });
    expect(decided(papers, begins - 1).releases).toEqual([releaseId(1)]);
    expect(decided(papers, begins - 1).validUntil).toBe(begins);
    expect(decided(papers, begins).releases).toEqual([releaseId(2)]);
  });

  it.each([
    ['recorded first', [related('supersedes', 2, 1), related('supersedes', 3, 1)]],
    ['recorded last', [related('supersedes', 3, 1), related('supersedes', 2, 1)]],
  ])('is over with the first of them that begins, %s', (_name, relations) => {
    const future = from(3, '2026-12-01');
    const papers = authority([older, newer, future], { relations });
    expect(decided(papers).releases).toEqual([releaseId(2)]);
  });

  it('also by one for another purpose, and the decision says until when', () => {
    const begins = noon('2026-07-01') - DAY / 2;
    const other = release({ id: releaseId(2), purposes: ['COVAUTH'], validFrom: day('2026-07-01') });
    const papers = authority([older, other], { relations: [related('supersedes', 2, 1)] });
    expect(decided(papers)).toMatchObject({ outcome: 'send', validUntil: begins });
    expect(outcome(decided(papers, begins))).not.toBe('send');
  });
});

describe('a paper about psychotherapy notes', () => {
  it('is compound only if it is about anything else too', () => {
    const alone = decided(authority([release({ grants: ['note.psychotherapy'] })]));
    expect(alone.outcome).toBe('hold');
    expect(outcome(alone)).not.toContain('compound_psynotes');
    const both = decided(authority([release({ grants: ['note.psychotherapy', ...CLAIM_GRANTS] })]));
    expect(outcome(both)).toBe('compound_psynotes');
  });
});
