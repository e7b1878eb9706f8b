import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addClient, addCoverage, draftRelease, releaseStanding, restrict } from '#libs/application';
import { type ClientId, type CoverageId, plainDate } from '#libs/kernel';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;

const HOME = { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '000000002' };
const ELSEWHERE = { line: '12 Another Road', city: 'Elsewhere', region: 'OR', postal: '000000003' };

/** A client on the policy of a parent, whose birth date and address the practice happens to have. */
const dependent = async (confidential = false): Promise<{ client: ClientId; coverage: CoverageId }> => {
  const client = valueOf(
    await addClient(stage.services, stage.context, {
      code: stage.services.ids.uuid(),
      identity: {
        firstName: 'Juniper',
        lastName: 'Vantongeren',
        birthDate: plainDate('2001-09-30'),
        sex: 'F',
        address: HOME,
        ...(confidential ? { confidentialAddress: ELSEWHERE } : {}),
      },
    }),
  ).id;
  const coverage = valueOf(
    await addCoverage(stage.services, stage.context, {
      client,
      insurer: stage.insurer('harbor-mutual').id,
      terms: {
        memberId: 'HH7',
        relationship: 'child',
        subscriber: {
          firstName: 'Magnus',
          lastName: 'Vantongeren',
          birthDate: plainDate('1961-02-03'),
          address: { line: '99 Holder Street', city: 'Holderton', region: 'OR', postal: '000000004' },
        },
      },
      funding: 'fully-insured',
      fundingEvidence: true,
      assignmentSigned: true,
    }),
  ).id;
  return { client, coverage };
};

const standing = (id: string) =>
  stage.services.store.inPractice(stage.context, (transaction) => releaseStanding(stage.services, transaction, id));

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

describe('a client on the policy of somebody else', () => {
  it('has claims that tell neither birth date nor address of the holder', async () => {
    const party = await dependent();
    await stage.release(party.client, 'harbor-mutual', { grants: ['coverage.subscriber.*', 'coverage.*'] });
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    const text = (await stage.received('harbor-mutual')).at(-1) ?? '';
    expect(text).toContain('NM1*IL*1*VANTONGEREN*MAGNUS****MI*HH7~NM1*PR*');
    expect(text).not.toMatch(/19610203|HOLDER|000000004/);
  });

  it('is not held for what is on file about a holder who is the client, and was granted', async () => {
    const { client } = await stage.client('harbor-mutual');
    const terms = {
      memberId: 'ZZ000111',
      relationship: 'self',
      subscriber: { firstName: 'Ottilie', lastName: 'Vantongeren', birthDate: plainDate('1991-09-30') },
    } as const;
    const insurer = stage.insurer('harbor-mutual').id;
    const proof = { funding: 'fully-insured', fundingEvidence: true, assignmentSigned: true } as const;
    const recorded = await addCoverage(stage.services, stage.context, { client, insurer, terms, ...proof });
    const coverage = valueOf(recorded).id;
    await stage.release(client, 'harbor-mutual', { grants: ['coverage.subscriber.*'] });
    const { disclosure } = await stage.submit(stage.invoice({ client, coverage }));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect((await stage.received('harbor-mutual')).at(-1)).toContain('~NM1*IL*1*VANTONGEREN*OTTILIE****MI*ZZ000111~');
  });

  it('is warned at signing and at submission that the holder gets the explanation of benefits', async () => {
    const party = await dependent();
    const release = await stage.release(party.client, 'harbor-mutual');
    expect((await standing(release.id))?.warnings).toEqual(['eob_exposure']);
    const accepted = await stage.submit(stage.invoice(party));
    expect(accepted.status).toBe('ready');
    expect(accepted.warnings).toEqual([expect.objectContaining({ code: 'eob_exposure', severity: 'warning' })]);
  });

  it('is warned before signing, and only of insurers with such a policy, and only of payment and approval', async () => {
    const party = await dependent();
    const drafted = async (recipient: 'harbor-mutual' | 'juniper-life' | undefined, purpose: 'HPAYMT' | 'TREAT') => {
      const { id } = valueOf(
        await draftRelease(stage.services, stage.context, {
          client: party.client,
          draft: {
            recipient:
              recipient === undefined
                ? { kind: 'class', class: 'insurer' }
                : { kind: 'party', id: stage.insurer(recipient).id, class: 'insurer' },
            purposes: [purpose],
            grants: ['client.name.*'],
            statements: [],
            blanket: false,
            parentConsentedToTreatment: 'unknown',
          },
        }),
      );
      return (await standing(id))?.warnings;
    };
    expect(await drafted('harbor-mutual', 'HPAYMT')).toEqual(['eob_exposure']);
    expect(await drafted(undefined, 'HPAYMT')).toEqual(['eob_exposure']);
    expect(await drafted('juniper-life', 'HPAYMT')).toEqual([]);
    expect(await drafted('harbor-mutual', 'TREAT')).toEqual([]);
  });

  it('is held to nothing once the client asks that nothing reach the holder', async () => {
    const party = await dependent();
    await stage.release(party.client, 'harbor-mutual');
    valueOf(
      await restrict(stage.services, stage.context, {
        client: party.client,
        restriction: { kind: 'confidential-communication' },
      }),
    );
    expect(await stage.submit(stage.invoice(party))).toMatchObject({ status: 'held', cause: 'eob_exposure' });
  });

  it('who asked to be reached elsewhere has that address told, and never the other', async () => {
    const party = await dependent(true);
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    const text = (await stage.received('harbor-mutual')).at(-1) ?? '';
    expect(text).toContain('N3*12 ANOTHER ROAD~N4*ELSEWHERE*OR*000000003');
    expect(text).not.toMatch(/IMAGINARY|000000002/);
  });
});

describe('a client with a policy of their own', () => {
  it('is warned of nothing', async () => {
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual');
    expect((await standing(release.id))?.warnings).toEqual([]);
    expect((await stage.submit(stage.invoice(party))).warnings).toEqual([]);
  });
});
