import { describe, expect, it } from 'vitest';
import { editInvoice, editReport, isNpi } from '#libs/billing';
import { ROUTES } from '#libs/contracts';
import { addDays, plainDate } from '#libs/kernel';
import { loadRules, projectRoot } from '#libs/settings';
import { invoiceBody, reportBody } from './bodies.js';
import { type Demo, documentsOf, loadDemo } from './load-demo.js';
import { behavioursAfter } from './play.js';
import { sandboxFile } from './sandbox-file.js';

const loaded = await loadDemo(projectRoot());
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
const demo: Demo = loaded.value;
const rules = await loadRules(projectRoot());
if (!rules.ok) throw new Error(JSON.stringify(rules.issues));
const { book, insurers } = rules.value;

const today = plainDate('2026-11-20');
const parties = {
  client: '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01',
  coverage: '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a02',
  clinician: '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a03',
};

const bornOn = (label: string) => {
  const client = demo.clients.find((one) => one.label === label);
  if (client === undefined) throw new Error(label);
  return addDays(today, -client.identity.bornDaysAgo);
};

describe('the fictitious practice', () => {
  it('has provider numbers that nobody was given, with a right check digit', () => {
    const numbers = [demo.practice.npi, ...demo.clinicians.map((one) => one.npi)];
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const npi of numbers) {
      expect(isNpi(npi)).toBe(true);
      expect(npi.startsWith('1999')).toBe(true);
    }
  });

  it('has telephone numbers, a tax number and a ZIP code that lead to nobody', () => {
    const phones = [demo.practice.phone, ...demo.clients.flatMap((one) => one.identity.phone ?? [])];
    for (const phone of phones) expect(phone).toMatch(/^\d{3}-555-01\d{2}$/);
    // No employer number begins with 00.
    expect(demo.practice.taxId).toMatch(/^00-\d{7}$/);
    expect(demo.practice.address.postal).toMatch(/^\d{5}-\d{4}$/);
  });

  it('has everybody that the story needs, each with a password and a name of their own', () => {
    const roles = new Set(demo.staff.flatMap((one) => one.roles));
    expect([...roles].sort()).toEqual(['administrator', 'billing', 'clinician', 'privacy-officer']);
    expect(new Set(demo.staff.map((one) => one.signIn)).size).toBe(demo.staff.length);
    expect(new Set(demo.staff.map((one) => one.password)).size).toBe(demo.staff.length);
  });

  it('names nothing that the rules do not have', () => {
    const presets = new Set(book.presets.map((one) => one.id));
    for (const { preset } of demo.clients.flatMap((one) => one.releases))
      if (preset !== undefined) expect(presets).toContain(preset);
    const known = new Set(insurers.map((one) => one.id));
    for (const { profile } of demo.insurers) expect(known).toContain(profile);
    for (const step of demo.steps) {
      if (step.do !== 'choose-reading') continue;
      const ceiling = book.ceilings.find((one) => one.id === step.ceiling);
      expect(ceiling?.readings.some(({ id, version }) => id === step.reading && version === step.version)).toBe(true);
    }
  });

  it('has releases of every kind', () => {
    const releases = demo.clients.flatMap((one) => one.releases);
    expect(releases.length).toBeGreaterThanOrEqual(20);
    expect(releases.some((one) => 'class' in one.recipient)).toBe(true);
    expect(releases.some((one) => one.validForDays < one.signedDaysAgo)).toBe(true);
    expect(releases.some((one) => one.signers.includes('parent'))).toBe(true);
    expect(new Set(releases.map((one) => one.relation?.kind))).toEqual(new Set([undefined, 'adds_to', 'supersedes']));
    expect(new Set(releases.map((one) => one.label)).size).toBe(releases.length);
  });
});

describe('the documents of the demonstration', () => {
  it.each(demo.invoices)('$label is an invoice as the gateway takes it, with nothing to correct', (invoice) => {
    const { format: _format, ...content } = ROUTES.submitInvoice.body.parse(invoiceBody(invoice, parties, today));
    const issues = editInvoice(content, {
      today,
      birthDate: bornOn(invoice.client),
      subscriberIsClient: true,
      filingDeadlineDays: 90,
    });
    expect(issues).toEqual([]);
  });

  it.each(demo.reports)('$label is a report as the gateway takes it, with nothing to correct', (report) => {
    const content = ROUTES.submitTreatmentReport.body.parse(reportBody(report, parties, today));
    expect(editReport(content, { today })).toEqual([]);
  });

  it('name nobody who does not treat the client', () => {
    for (const { label, client, clinician } of documentsOf(demo))
      expect([label, demo.clients.find((one) => one.label === client)?.clinicians]).toEqual([
        label,
        expect.arrayContaining([clinician]),
      ]);
  });

  it('are each one of a kind, and told by a label of their own', () => {
    const labels = documentsOf(demo).map((one) => one.label);
    expect(new Set(labels).size).toBe(labels.length);
    const numbers = demo.invoices.map((one) => one.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('end in every way in which a disclosure can end for a reader', () => {
    const statuses = new Set(documentsOf(demo).map((one) => one.expect.status));
    expect([...statuses].sort()).toEqual(['accepted', 'approved', 'blocked', 'held', 'paid', 'parked']);
  });
});

describe('the insurers of the sandbox', () => {
  const tokens = new Map(demo.insurers.map(({ profile }) => [profile, `token of ${profile}`]));

  const terms = { controlToken: 'control', tokens, clearinghouseToken: 'crossing', clearinghouseDirectory: '/state' };

  it('are reached through the clearinghouse where the practice has not recorded them, by profiles that there are', () => {
    const file = sandboxFile(demo, insurers, { ...terms, behaviours: new Map() });
    const [house] = file.clearinghouses;
    expect(house?.payers.map(({ insurer }) => insurer)).toEqual(
      demo.behindClearinghouse.insurers.map(({ profile }) => profile),
    );
    for (const { profile } of demo.behindClearinghouse.insurers) {
      expect(demo.insurers.map((one) => one.profile)).not.toContain(profile);
      expect(file.insurers.find(({ id }) => id === profile)?.receiverId).toBe(house?.receiverId);
    }
    expect(house?.files).toEqual({ directory: '/state/crossing', port: 0 });
  });

  it('can do what their profiles rest on, and no more', () => {
    const file = sandboxFile(demo, insurers, { ...terms, behaviours: new Map() });
    const able = Object.fromEntries(
      file.insurers.map(({ id, capabilities }) => [
        id,
        Object.entries(capabilities)
          .filter(([, can]) => can)
          .map(([name]) => name),
      ]),
    );
    expect(able).toEqual({
      'harbor-mutual': ['idempotencyKey'],
      'cobalt-valley-hmo': ['probe'],
      'juniper-life': ['duplicateDetection'],
      'maple-extended': ['idempotencyKey'],
      'granite-plan': [],
      'larkspur-health': ['duplicateDetection'],
      'marigold-mutual': ['duplicateDetection'],
    });
  });

  it('behave after a new start as the story left them', () => {
    const done = demo.steps.findIndex((step) => step.do === 'push');
    expect(behavioursAfter(demo.steps, done).get('juniper-life')).toEqual({ mode: 'down' });
    expect(behavioursAfter(demo.steps, demo.steps.length).get('juniper-life')).toEqual({ mode: 'answers' });
    const file = sandboxFile(demo, insurers, { ...terms, behaviours: behavioursAfter(demo.steps, done) });
    expect(file.insurers.find((one) => one.id === 'granite-plan')).toMatchObject({ behaviour: { mode: 'silent' } });
    expect(file.insurers.find((one) => one.id === 'harbor-mutual')).not.toHaveProperty('behaviour');
  });
});
