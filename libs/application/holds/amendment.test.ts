import { describe, expect, it } from 'vitest';
import { type Authority, decide } from '#libs/release';
import { ruleset } from '../../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  invoiceBag,
  NOW,
  release,
  releaseId,
  request,
} from '../../../test/support/release-fixtures.js';
import type { StoredDecision } from '../ports/records.js';
import { amendmentOf } from './amendment.js';

const RULES = ruleset();
const SUBSTANCE_USE = invoiceBag(undefined, ['F1020']);
const ROUTE = { ...request(SUBSTANCE_USE).route, companionChannel: true };

const decided = (papers: Authority, part2Program: boolean): StoredDecision => {
  const asked = request(SUBSTANCE_USE, { part2Program, route: ROUTE });
  return {
    id: '1',
    disclosure: '2' as StoredDecision['disclosure'],
    takenAt: NOW,
    request: asked,
    authority: papers,
    decision: decide(asked, papers, RULES),
    clientRevision: 1,
  };
};

describe('the draft for a gap', () => {
  it.each([
    [false, ['revocation', 'conditioning', 'redisclosure']],
    [true, ['revocation', 'conditioning', 'redisclosure', 'part2']],
  ])('says what part 2 asks where the practice is a programme of it (%s)', (part2Program, statements) => {
    const draft = amendmentOf(decided(authority([release()]), part2Program));
    expect(draft?.grants).toContain('sud.present');
    expect(draft?.statements).toEqual(statements);
  });

  it('cures the gap once it is signed, also where an older paper granted it without those words', () => {
    const older = release({ grants: [...CLAIM_GRANTS, 'sud.present'] });
    const stored = decided(authority([older]), true);
    const draft = amendmentOf(stored);
    const signed = release({
      id: releaseId(2),
      grants: ['sud.present'],
      statements: draft?.statements ?? [],
    });
    const papers = authority([older, signed], {
      relations: [{ kind: 'adds_to', newer: signed.id, older: older.id, recordedAt: NOW - 1 }],
    });
    expect(draft?.grants).toContain('sud.present');
    expect(decided(papers, true).decision.outcome).toBe('send');
  });

  it('is none where nothing is the client’s to grant', () => {
    expect(
      amendmentOf(decided(authority([release({ grants: [...CLAIM_GRANTS, 'sud.present'] })]), false)),
    ).toBeUndefined();
  });
});
