import { FIELD_IDS, fieldOf, GRANT_FOR_REVEAL } from '#libs/catalogue';
import type { ClientId, PracticeId } from '#libs/kernel';
import type { Restriction } from '#libs/release';
import { describe, expect, it } from 'vitest';
import { rightOfAccess } from './right-of-access.js';

const client = '10000000-0000-4000-8000-000000000001' as ClientId;
const discloser = '10000000-0000-4000-8000-000000000002' as PracticeId;
const authorityWith = (restrictions: readonly Restriction[] = []) =>
  rightOfAccess({ client, epoch: 3, releases: [], revocations: [], relations: [], restrictions }, discloser);

describe('what a client may have of the own record', () => {
  it('is everything but what is kept apart: psychotherapy, personal and supervision notes', () => {
    const [paper, ...others] = authorityWith().releases;
    expect(others).toEqual([]);
    for (const id of FIELD_IDS) expect([id, paper?.grants.includes(id)]).toEqual([id, fieldOf(id).sensitivity < 6]);
    for (const grant of Object.values(GRANT_FOR_REVEAL)) expect(paper?.grants).toContain(grant);
    expect(paper?.grants).not.toContain('note.psychotherapy');
  });

  it('goes to the client and to nobody else, at the client’s request and for nothing else', () => {
    const [paper] = authorityWith().releases;
    expect(paper).toMatchObject({ client, discloser, purposes: ['PATRQT'] });
    expect(paper?.recipient).toEqual({ kind: 'party', id: client, class: 'client' });
    expect(authorityWith().epoch).toBe(3);
  });

  it('is narrowed by the clinician, and by what the client asked as to the client; what keeps from others keeps nothing', () => {
    const narrow = (restriction: Restriction) => authorityWith([restriction]).restrictions.length === 1;
    const base = { id: 'r', revision: 1 };
    expect(narrow({ ...base, kind: 'clinician-limit', fields: ['diagnosis.primary'] })).toBe(true);
    expect(narrow({ ...base, kind: 'client-restriction', fields: ['diagnosis.primary'], recipient: client })).toBe(
      true,
    );
    expect(narrow({ ...base, kind: 'client-restriction', fields: ['diagnosis.primary'] })).toBe(false);
    expect(narrow({ ...base, kind: 'paid-in-full', serviceDates: [] })).toBe(false);
    expect(narrow({ ...base, kind: 'confidential-communication' })).toBe(false);
  });
});
