import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Permit, SendOutcome } from '#libs/application';
import type { TransmissionId } from '#libs/kernel';
import { mustHaveSshd, startSshd } from '../../test/support/own-sshd.js';
import { sshdMissing } from '../../test/support/sshd-process.mjs';
import { httpsStand } from './https-stand.fixture.js';
import { inboxStand } from './inbox-stand.fixture.js';
import { aSealed } from './sealed.fixture.js';
import { sftpStand } from './sftp-stand.fixture.js';
import { type Cut, type Manner, MANNERS, type Stand } from './stand.fixture.js';

/** What every way out must keep, whatever it speaks. A new transport adds its stand to `stands`. */
const stands = {
  HTTPS: httpsStand,
  SFTP: async () => sftpStand(await startSshd({ gated: true })),
  'its inbox': inboxStand,
};

type Way = keyof typeof stands;

/** What a sending is that went well. That an insurer asked for the bytes is no word of its own that it has them. */
const WELL = { HTTPS: 'accepted', SFTP: 'accepted', 'its inbox': 'ambiguous' } as const;

/** How an insurer can be; one that comes itself refuses nothing, takes nothing in without coming, and is known by its token. */
const KINDS: readonly (readonly [Manner, readonly SendOutcome['kind'][], readonly Way[]])[] = [
  ['accepts', ['accepted'], ['HTTPS', 'SFTP']],
  ['accepts', ['ambiguous'], ['its inbox']],
  ['refuses', ['refused'], ['HTTPS', 'SFTP']],
  ['unreachable', ['not-sent'], ['HTTPS', 'SFTP', 'its inbox']],
  ['takes it and says nothing', ['ambiguous'], ['HTTPS', 'SFTP', 'its inbox']],
  // Where what is half written cannot be picked up, it is proof that nothing went.
  ['breaks off', ['ambiguous', 'not-sent'], ['HTTPS', 'SFTP', 'its inbox']],
  ['talks nonsense', ['ambiguous'], ['HTTPS', 'SFTP']],
  ['has no room', ['not-sent'], ['HTTPS', 'SFTP']],
  ['lets nobody in', ['refused'], ['HTTPS', 'SFTP']],
  ['is somebody else', ['refused', 'not-sent'], ['HTTPS', 'SFTP']],
];

const canary = 'QUILLMARLOWE1999';
const bytes = Buffer.from(`ISA*00*${canary}~`.repeat(500));
const digest = createHash('sha256').update(bytes).digest('hex');
const transmission = '00000000-0000-4000-8000-000000000001' as TransmissionId;

class OnePermit {
  readonly transmission = transmission;
  readonly attempt = 'attempt-1';
  asked = 0;

  constructor(
    readonly ordinal = 1,
    private readonly alive = true,
  ) {}

  use(): boolean {
    this.asked += 1;
    return this.alive && this.asked === 1;
  }
}

const asPermit = (given: unknown): Permit => given as Permit;

it('an SSH server is there in CI', mustHaveSshd);

describe.each(['HTTPS', 'SFTP', 'its inbox'] as const)('over %s', (name) => {
  const missing = name === 'SFTP' ? sshdMissing : undefined;
  describe.skipIf(missing !== undefined)(missing ?? 'a transport', () => {
    let stand: Stand;
    let key = 0;
    const sealed = () => aSealed({ bytes, idempotencyKey: `key-${key}` });
    const send = (given = new OnePermit()): Promise<SendOutcome> =>
      stand.transport.send(sealed(), asPermit(given), stand.insurer);

    beforeAll(async () => {
      stand = await stands[name]();
    });
    beforeEach(async () => {
      key += 1;
      stand.wire.arm(undefined);
      await stand.behave('accepts');
      await stand.clear();
    });
    afterAll(() => stand.close());

    it('the sealed bytes arrive, whole and once', async () => {
      expect(await send()).toMatchObject({ kind: WELL[name] });
      expect(await stand.received()).toEqual([bytes]);
    });

    it('a second attempt brings the same bytes, and an insurer that takes them twice is no surprise', async () => {
      expect([(await send()).kind, (await send(new OnePermit(2))).kind]).toEqual([WELL[name], WELL[name]]);
      const received = await stand.received();
      expect(received.length).toBeGreaterThan(0);
      for (const one of received) expect(one).toEqual(bytes);
    });

    it('a permit is asked exactly once, and serves once', async () => {
      const given = new OnePermit();
      await send(given);
      expect(given.asked).toBe(1);
      expect(await send(given)).toEqual({ kind: 'not-sent', code: 'permit_expired' });
      expect(await stand.received()).toHaveLength(1);
    });

    it('without a living permit nothing arrives', async () => {
      expect(await send(new OnePermit(1, false))).toEqual({ kind: 'not-sent', code: 'permit_expired' });
      expect(await stand.received()).toHaveLength(0);
    });

    it('what is not what was sealed is not sent', async () => {
      const damaged = aSealed({ bytes, digest: 'f'.repeat(64) });
      const given = new OnePermit();
      expect((await stand.transport.send(damaged, asPermit(given), stand.insurer)).kind).toBe('refused');
      expect([given.asked, await stand.received()]).toEqual([0, []]);
    });

    it.each(KINDS.filter(([, , ways]) => ways.includes(name)))('an insurer that %s is %j', async (manner, kinds) => {
      await stand.behave(manner);
      const { kind } = await send();
      expect(kinds).toContain(kind);
      const received = await stand.received();
      if (kind === 'accepted') expect(received).toEqual([bytes]);
      if (kind === 'not-sent' || kind === 'refused') expect(received).toEqual([]);
    });

    it('an insurer that cannot be reached, or is somebody else, leaves the permit unused', async () => {
      const strangers = KINDS.filter(([manner, , ways]) => manner === 'is somebody else' && ways.includes(name));
      for (const manner of ['unreachable', ...strangers.map(([one]) => one)] as const) {
        await stand.behave(manner);
        const given = new OnePermit();
        await send(given);
        expect(given.asked).toBe(0);
      }
    });

    it('no outcome tells anything of what was sent', async () => {
      for (const [index, manner] of MANNERS.entries()) {
        await stand.behave(manner);
        const told = JSON.stringify(await send(new OnePermit(index + 1)));
        expect(told).not.toContain(canary);
        expect(told).not.toMatch(/invented-token|PRIVATE KEY/);
      }
    });

    it('a probe knows what was taken, also without an answer, and nothing else', async () => {
      await stand.behave('takes it and says nothing');
      await send();
      await stand.behave('accepts');
      expect([
        { kind: 'known', digest },
        { kind: 'present', size: bytes.length },
        { kind: 'unsupported' },
      ]).toContainEqual(await stand.transport.probe(`key-${key}`, stand.insurer, 1));
      expect([{ kind: 'unseen' }, { kind: 'absent' }, { kind: 'unknown' }, { kind: 'unsupported' }]).toContainEqual(
        await stand.transport.probe('key-none', stand.insurer, 1),
      );
    });

    // Where the insurer comes to us nothing is connected to, and it brings its answers itself.
    if (name !== 'its inbox') {
      it('a probe of an insurer that cannot be reached proves nothing', async () => {
        await stand.behave('unreachable');
        expect((await stand.transport.probe('key-0001', stand.insurer, 1)).kind).toBe('failed');
      });

      it('answers can be read again until they are stored, and then are not there', async () => {
        const answer = Buffer.from('TA1*000000001~');
        await stand.leaveAnswer(answer);
        await stand.settle();
        const first = await stand.transport.answers('', stand.insurer);
        const again = await stand.transport.answers('', stand.insurer);
        if (first.kind !== 'read' || again.kind !== 'read') throw new Error('not read');
        expect(first.answers.map((one) => Buffer.from(one.bytes))).toEqual([answer]);
        expect(again.answers).toEqual(first.answers);
        await first.taken?.();
        expect(await stand.transport.answers(first.next, stand.insurer)).toMatchObject({ kind: 'read', answers: [] });
      });
    }

    /** Cuts the wire at many places of a sending; whatever the outcome says must be true of what is there. */
    describe.each<[string, Pick<Cut, 'from' | 'then'>]>([
      ['the practice, and the insurer can be asked', { from: 'client', then: 'works' }],
      ['the practice, and nobody can be asked', { from: 'client', then: 'dark' }],
      ['the insurer, and it can be asked', { from: 'server', then: 'works' }],
      ['the insurer, and nobody can be asked', { from: 'server', then: 'dark' }],
    ])('cut at any byte of %s', (_side, how) => {
      const CUTS = 16;

      it('is told as it is', async () => {
        await stand.wire.breakAll();
        stand.wire.arm(undefined);
        await send();
        const total = stand.wire.passed[how.from];
        const told = new Map<string, number>();
        for (let cut = 0; cut <= CUTS; cut += 1) {
          await stand.wire.breakAll();
          key += 1;
          await stand.clear();
          // The last cuts stand close together: there the sending becomes a fact.
          const after = cut <= CUTS / 2 ? Math.ceil((total * cut * 2) / CUTS) : total - 30 * (CUTS - cut);
          stand.wire.arm({ ...how, after: Math.max(1, after) });
          const outcome = await send();
          told.set(outcome.kind, (told.get(outcome.kind) ?? 0) + 1);
          await sleep(30);
          const received = await stand.received();
          for (const one of received) expect(one).toEqual(bytes);
          if (outcome.kind === 'accepted') expect(received).toHaveLength(1);
          if (outcome.kind === 'not-sent') expect(received).toHaveLength(0);
          expect(outcome.kind).not.toBe('refused');
        }
        // What goes through the wire at an insurer's side is, over its inbox, already the payload.
        if (name !== 'its inbox' || how.from === 'client') expect(told.get('not-sent')).toBeGreaterThan(0);
      });
    });
  });
});
