import { describe, expect, it } from 'vitest';
import { FIELD_IDS, type FieldId, fieldOf } from '#libs/catalogue';
import { ACTIONS, type Role, ROLES } from '#libs/contracts';
import type { ClinicianId } from '#libs/kernel';
import { actionsOf, mayDo, mayReadDocument, maySeeValue, reachOf, type Sight, type Viewer } from './permissions.js';

const own = '11111111-1111-4111-8111-111111111111' as ClinicianId;
const colleague = '22222222-2222-4222-8222-222222222222' as ClinicianId;
const hidden: Sight = { treating: [own], revealed: false };
const revealed: Sight = { treating: [own], revealed: true };
const viewer = (role: Role, clinician?: ClinicianId): Viewer =>
  clinician === undefined ? { roles: [role] } : { roles: [role], clinician };
const seenBy = (who: Viewer, sight: Sight): readonly FieldId[] =>
  FIELD_IDS.filter((field) => maySeeValue(who, field, sight));

describe('actions', () => {
  it('can be done by somebody each', () => {
    for (const action of ACTIONS) expect(ROLES.some((role) => mayDo([role], action))).toBe(true);
  });

  it('are nobody’s without a role', () => {
    expect(actionsOf([])).toEqual([]);
  });

  it('of an administrator touch no client', () => {
    expect(actionsOf(['administrator'])).toEqual([
      'insurers.write',
      // Who treats whom, in ids.
      'treatments.read',
      'treatments.write',
      'readings.read',
      'ledger.verify',
      'practice.read',
      'practice.write',
      'insurers.connect',
      'routes.write',
      'api-keys.manage',
      'webhooks.manage',
      'staff.manage',
      // Lanes and counts.
      'system.read',
    ]);
    for (const role of ROLES)
      expect(mayDo([role], 'treatments.write')).toBe(role === 'privacy-officer' || role === 'administrator');
  });

  it('keep the law to the privacy officer and the keys to the administrator', () => {
    for (const role of ROLES) {
      expect(mayDo([role], 'readings.write')).toBe(role === 'privacy-officer');
      expect(mayDo([role], 'disclosures.reveal')).toBe(role === 'privacy-officer');
      expect(mayDo([role], 'ledger.read')).toBe(role === 'privacy-officer' || role === 'auditor');
      expect(mayDo([role], 'staff.manage')).toBe(role === 'administrator');
      expect(mayDo([role], 'api-keys.manage')).toBe(role === 'administrator');
    }
  });

  it('of an operator are queues and health, and of an auditor the ledger; neither touches a client', () => {
    expect(actionsOf(['operator'])).toEqual(['system.read']);
    expect(actionsOf(['auditor'])).toEqual(['readings.read', 'ledger.read', 'ledger.verify', 'practice.read']);
  });

  it('add up over roles', () => {
    expect(mayDo(['billing', 'clinician'], 'reports.submit')).toBe(true);
    expect(mayDo(['billing'], 'reports.submit')).toBe(false);
  });
});

describe('values', () => {
  const clinicalText: readonly FieldId[] = [
    'reason.continuing',
    'prognosis.text',
    'progress.summary',
    'plan.goals',
    'history.presenting',
    'medication.name',
    'risk.suicide',
    'session.purposeBrief',
  ];
  const billing: readonly FieldId[] = [
    'client.name.last',
    'client.birthDate',
    'coverage.memberId',
    'session.date',
    'fee.charge',
    'procedure.code',
    'diagnosis.primary',
    'claim.placeOfService',
  ];

  it('that a bill is made of are seen by billing, clinical text is not', () => {
    const seen = seenBy(viewer('billing'), revealed);
    expect(seen).toEqual(expect.arrayContaining([...billing]));
    for (const field of clinicalText) expect(seen).not.toContain(field);
  });

  it('of sensitivity four and more are never seen by billing', () => {
    for (const field of seenBy(viewer('billing'), revealed)) expect(fieldOf(field).sensitivity).toBeLessThan(4);
  });

  it('are seen by a clinician of own clients only', () => {
    expect(seenBy(viewer('clinician', own), hidden)).toEqual(expect.arrayContaining([...clinicalText, ...billing]));
    expect(seenBy(viewer('clinician', colleague), hidden)).toEqual([]);
    expect(seenBy(viewer('clinician'), hidden)).toEqual([]);
  });

  it('that are clinical are seen by the privacy officer once the look is recorded', () => {
    const officer = viewer('privacy-officer');
    for (const field of clinicalText) expect(maySeeValue(officer, field, hidden)).toBe(false);
    expect(seenBy(officer, revealed)).toEqual(expect.arrayContaining([...clinicalText]));
  });

  it.each(['administrator', 'auditor', 'operator'] as const)('are nothing to an %s', (role) => {
    expect(seenBy(viewer(role, own), revealed)).toEqual([]);
  });

  it('that no ordinary release can grant are shown to nobody', () => {
    const never = FIELD_IDS.filter((field) => fieldOf(field).sensitivity === 6);
    expect(never.length).toBeGreaterThan(0);
    for (const role of ROLES)
      for (const field of never) expect(maySeeValue(viewer(role, own), field, revealed)).toBe(false);
  });
});

describe('reach', () => {
  it('is the practice, the own clients, or nothing', () => {
    expect(reachOf(viewer('billing'))).toEqual({ kind: 'practice' });
    expect(reachOf(viewer('privacy-officer'))).toEqual({ kind: 'practice' });
    expect(reachOf(viewer('clinician', own))).toEqual({ kind: 'own', clinician: own });
    expect(reachOf(viewer('clinician'))).toEqual({ kind: 'nothing' });
    expect(reachOf(viewer('administrator', own))).toEqual({ kind: 'nothing' });
    expect(reachOf(viewer('auditor', own))).toEqual({ kind: 'nothing' });
    expect(reachOf(viewer('operator', own))).toEqual({ kind: 'nothing' });
    expect(reachOf({ roles: [] })).toEqual({ kind: 'nothing' });
  });
});

describe('documents', () => {
  it('are read by billing if they are invoices, and by the clinician who treats', () => {
    const invoice = { kind: 'invoice', treating: [own] } as const;
    const report = { kind: 'treatment-report', treating: [own] } as const;
    expect(mayReadDocument(viewer('billing'), invoice)).toBe(true);
    expect(mayReadDocument(viewer('billing'), report)).toBe(false);
    expect(mayReadDocument(viewer('clinician', own), report)).toBe(true);
    expect(mayReadDocument(viewer('clinician', colleague), report)).toBe(false);
    expect(mayReadDocument(viewer('privacy-officer'), report)).toBe(false);
    expect(mayReadDocument(viewer('administrator', own), invoice)).toBe(false);
  });
});
