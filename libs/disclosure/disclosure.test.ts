import { describe, expect, it } from 'vitest';
import type { TransmissionId } from '#libs/kernel';
import { decide } from '#libs/release';
import { ruleset } from '../../test/support/config-data.js';
import { authority, invoiceBag, release, request } from '../../test/support/release-fixtures.js';
import {
  canMove,
  DELIVERY_STATES,
  fieldLeaf,
  finishRendering,
  nextStep,
  project,
  reopen,
  seal,
  shownStatus,
  structuralLeaf,
  TRANSITIONS,
} from './index.js';

const NAMES = {
  transmission: '00000000-0000-4000-8000-00000000f001' as TransmissionId,
  idempotencyKey: 'k',
  reference: 'r',
};

const disclosed = (salt = 1, bag = invoiceBag()) => {
  const made = project(bag, decide(request(bag), authority([release()]), ruleset()), {
    format: 'x12-837p',
    formatRevision: '1',
    salt: new Uint8Array(32).fill(salt),
  });
  if (!made.ok) throw new Error(made.issues[0]?.code);
  return made.value;
};

const rendering = (document = disclosed()) => {
  const name = document.get('client.name.last');
  if (!name) throw new Error('no name');
  const leaves = [structuralLeaf('constant', 'NM1', 'NM1'), fieldLeaf(name, '2010BA/NM103', 'VANTONGEREN')];
  return finishRendering(document, {
    mediaType: 'application/edi-x12',
    bytes: new TextEncoder().encode('NM1*VANTONGEREN'),
    leaves,
    substitutions: [],
  });
};

describe('disclosed → rendered → sealed', () => {
  it('refuses a leaf of another document', () => {
    const other = disclosed().get('client.name.last');
    if (!other) throw new Error('no name');
    expect(() =>
      finishRendering(disclosed(), {
        mediaType: 'application/edi-x12',
        bytes: new Uint8Array(),
        leaves: [fieldLeaf(other, 'x', 'y')],
        substitutions: [],
      }),
    ).toThrow(TypeError);
  });

  it('the digest of the content depends on the content and on the client’s salt, not on the moment', () => {
    expect(disclosed(1).contentDigest).toBe(disclosed(1).contentDigest);
    expect(disclosed(1).contentDigest).not.toBe(disclosed(2).contentDigest);
    const dearer = invoiceBag([{ id: 'L1', date: '2026-05-04', charge: 14_001 }]);
    expect(disclosed(1, dearer).contentDigest).not.toBe(
      disclosed(1, invoiceBag([{ id: 'L1', date: '2026-05-04' }])).contentDigest,
    );
  });

  it('reopens the same bytes for the same content, and nothing else', () => {
    const { record } = seal(rendering(), NAMES);
    expect(reopen(record, disclosed())).toMatchObject({ ok: true });
    expect(reopen(record, disclosed(1, invoiceBag([{ id: 'L1', date: '2026-05-04' }])))).toMatchObject({
      ok: false,
      issues: [{ code: 'stale_content' }],
    });
    expect(reopen({ ...record, bytes: new Uint8Array([1]) }, disclosed())).toMatchObject({
      ok: false,
      issues: [{ code: 'damaged_bytes' }],
    });
  });

  it('a decision that holds projects nothing', () => {
    const bag = invoiceBag();
    const held = decide(request(bag), authority([]), ruleset());
    expect(project(bag, held, { format: 'x12-837p', formatRevision: '1', salt: new Uint8Array(32) })).toMatchObject({
      ok: false,
      issues: [{ code: 'decision_does_not_send' }],
    });
  });
});

describe('states', () => {
  it('nothing leads back from sent, and the ends are ends', () => {
    for (const state of DELIVERY_STATES) {
      expect(canMove('sent', state)).toBe(['received', 'superseded'].includes(state));
      expect(canMove('cancelled', state) || canMove('superseded', state)).toBe(false);
    }
    expect(canMove('ready', 'sent') || canMove('held', 'sending')).toBe(false);
    expect(canMove('unknown', 'ready')).toBe(false);
  });

  it('every state can be reached from drafted, and every state but the ends can end', () => {
    const reached = new Set(['drafted']);
    for (let round = 0; round < DELIVERY_STATES.length; round += 1)
      for (const from of DELIVERY_STATES) if (reached.has(from)) for (const to of TRANSITIONS[from]) reached.add(to);
    expect([...reached].sort()).toEqual([...DELIVERY_STATES].sort());
  });
});

describe('what people see', () => {
  it('is the deepest layer’s last word, whatever the order of arrival', () => {
    expect(shownStatus('sent', [])).toBe('sent');
    expect(shownStatus('received', ['paid', 'set-accepted', 'claim-accepted'])).toBe('paid');
    expect(shownStatus('received', ['claim-rejected', 'set-accepted'])).toBe('rejected');
    expect(shownStatus('received', ['paid', 'reversed', 'partly-paid'])).toBe('partly paid');
    expect(shownStatus('held', ['paid'])).toBe('held');
    expect(shownStatus('received', ['interchange-accepted'])).toBe('received');
    expect(shownStatus('received', ['set-rejected', 'claim-received'])).toBe('received');
    expect(shownStatus('received', ['claim-accepted', 'claim-received'])).toBe('accepted');
    expect(shownStatus('received', ['claim-rejected', 'claim-received'])).toBe('rejected');
  });

  it('is nothing that an answer says which does not add up, and that one is told until another does', () => {
    expect(shownStatus('received', ['claim-accepted', 'claim-unbalanced'])).toBe('pended');
    expect(shownStatus('received', ['claim-unbalanced', 'claim-accepted'])).toBe('accepted');
    expect(shownStatus('received', ['remittance-unbalanced', 'claim-accepted'])).toBe('pended');
    expect(shownStatus('received', ['remittance-unbalanced', 'paid'])).toBe('paid');
    expect(shownStatus('received', ['denied', 'remittance-unbalanced'])).toBe('denied');
  });

  it('and a sentence that says what to do', () => {
    expect(nextStep({ status: 'held', curer: 'client', cause: 'revoked' })).toContain('revoked');
    expect(nextStep({ status: 'held', curer: 'chart', cause: 'missing' })).toContain('clinician');
    expect(nextStep({ status: 'parked' })).toContain('Ask the insurer');
    expect(nextStep({ status: 'sealed', cause: 'in_inbox' })).toContain('has not left');
    expect(nextStep({ status: 'unknown', cause: 'awaiting_acknowledgement' })).toContain('fetched it');
    expect(nextStep({ status: 'held', curer: 'office', cause: 'value_dependent' })).toContain('new coverage');
    expect(nextStep({ status: 'held', curer: 'chart', cause: 'value_dependent' })).toContain('clinician');
    expect(nextStep({ status: 'held', curer: 'office', cause: 'x12_not_an_npi' })).toContain('(x12_not_an_npi)');
    expect(nextStep({ status: 'held', curer: 'practice', cause: 'enclosure_channel' })).toContain('privacy officer');
    expect(nextStep({ status: 'pended', answer: 'remittance-unbalanced' })).toContain('does not add up');
    expect(nextStep({ status: 'pended', answer: 'report-pended' })).toContain('wants more');
  });
});
