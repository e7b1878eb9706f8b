import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import { loadConfig } from '#libs/settings';
import {
  type DemoClient,
  demoFile,
  type DemoInvoice,
  type DemoPractice,
  type DemoReport,
  type DemoStep,
} from './demo-schema.js';

/** The whole demonstration. */
export interface Demo extends Omit<DemoPractice, 'kind'> {
  readonly clients: readonly DemoClient[];
  readonly invoices: readonly DemoInvoice[];
  readonly reports: readonly DemoReport[];
  readonly steps: readonly DemoStep[];
}

/** An invoice or a report, as far as they are alike. */
export type DemoDocument = DemoInvoice | DemoReport;

export const documentsOf = (demo: Demo): readonly DemoDocument[] => [...demo.invoices, ...demo.reports];

/** References by label that lead nowhere: `demo.unknown-reference`, with the place that refers. */
const dangling = (demo: Demo): readonly Issue[] => {
  const insurers = new Set(demo.insurers.map((one) => one.profile));
  const clinicians = new Set(demo.clinicians.map((one) => one.label));
  const releases = new Set(demo.clients.flatMap((one) => one.releases.map((release) => release.label)));
  const documents = new Set(documentsOf(demo).map((one) => one.label));
  const covered = new Set(
    demo.clients.flatMap((one) => one.coverages.map((coverage) => `${one.label} ${coverage.insurer}`)),
  );
  const wrong: string[] = [];
  for (const one of demo.staff)
    if (one.clinician !== undefined && !clinicians.has(one.clinician)) wrong.push(one.label);
  for (const one of demo.clients) {
    if (!one.clinicians.every((treating) => clinicians.has(treating))) wrong.push(one.label);
    for (const coverage of one.coverages) if (!insurers.has(coverage.insurer)) wrong.push(one.label);
    for (const { label, recipient, relation } of one.releases) {
      if ('insurer' in recipient && !insurers.has(recipient.insurer)) wrong.push(label);
      if (relation !== undefined && !releases.has(relation.older)) wrong.push(label);
    }
  }
  for (const one of documentsOf(demo)) {
    if (!clinicians.has(one.clinician) || !covered.has(`${one.client} ${one.insurer}`)) wrong.push(one.label);
  }
  for (const [index, { label, after, client }] of demo.invoices.entries()) {
    const before = demo.invoices.slice(0, index).find((one) => one.label === after);
    if (after !== undefined && before?.client !== client) wrong.push(label);
  }
  for (const step of demo.steps) {
    if (step.do === 'behave' && !insurers.has(step.insurer)) wrong.push(step.insurer);
    if (step.do === 'await' && !documents.has(step.document)) wrong.push(step.document);
    if (step.do === 'revoke' && !releases.has(step.release)) wrong.push(step.release);
  }
  return wrong.map((label) => issue('demo.unknown-reference', `config/demo#${label}`));
};

/** Reads `config/demo`. `demo.file-missing` names the kind of file that is not there; else codes as of `loadConfig`. */
export const loadDemo = async (root: string): Promise<Result<Demo>> => {
  const read = await loadConfig(root, { demo: demoFile });
  if (!read.ok) return read;
  const files = read.value.demo.map((one) => one.content);
  const practice = files.find((one) => one.kind === 'practice');
  const clients = files.find((one) => one.kind === 'clients');
  const documents = files.find((one) => one.kind === 'documents');
  const story = files.find((one) => one.kind === 'story');
  if (!practice || !clients || !documents || !story) return failed(issue('demo.file-missing', 'config/demo'));
  const { kind: _kind, ...practised } = practice;
  const { invoices, reports } = documents;
  const demo: Demo = { ...practised, clients: clients.clients, invoices, reports, steps: story.steps };
  const issues = dangling(demo);
  return issues.length === 0 ? ok(demo) : failed(...issues);
};
