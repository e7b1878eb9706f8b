import { createHash } from 'node:crypto';
import type { Services } from '#libs/application';
import type { ClientId, ClinicianId, CoverageId, PracticeId, ReleaseId } from '#libs/kernel';
import type { Demo } from '../demo/load-demo.js';

/** What the labels of the demonstration are called in the practice, found by what the practice itself knows. */
export interface World {
  readonly clinicians: ReadonlyMap<string, ClinicianId>;
  readonly clients: ReadonlyMap<string, ClientId>;
  /** By `<client> <insurer>`. */
  readonly coverages: ReadonlyMap<string, CoverageId>;
  readonly releases: ReadonlyMap<string, ReleaseId>;
  /** Insurers by profile, with what was agreed with each. */
  readonly insurers: ReadonlyMap<string, { readonly name: string; readonly url: string; readonly token: string }>;
}

/** Stands for the signed paper, which a demonstration does not have; it tells the releases of a client apart. */
export const paperDigest = (label: string): string => createHash('sha256').update(`demo paper: ${label}`).digest('hex');

export const readWorld = (services: Services, practice: PracticeId, demo: Demo): Promise<World> =>
  services.store.inPractice({ practice, actor: 'setup' }, async (transaction) => {
    const known = [...(await transaction.practice.clinicians()).values()];
    const clinicians = new Map<string, ClinicianId>();
    for (const { label, npi } of demo.clinicians) {
      const found = known.find((one) => one.npi === npi);
      if (found) clinicians.set(label, found.id);
    }
    const insurers = [...(await transaction.practice.insurers()).values()];
    const clients = new Map<string, ClientId>();
    const coverages = new Map<string, CoverageId>();
    const releases = new Map<string, ReleaseId>();
    for (const { label, code, releases: papers } of demo.clients) {
      const client = await transaction.clients.byCode(code);
      if (client === undefined) continue;
      clients.set(label, client.id);
      for (const coverage of await transaction.clients.coveragesOf(client.id)) {
        const insurer = insurers.find((one) => one.id === coverage.insurer);
        if (insurer) coverages.set(`${label} ${insurer.profile.id}`, coverage.id);
      }
      const signed = await transaction.authority.releases(client.id);
      for (const paper of papers) {
        const found = signed.find((one) => one.evidence?.digest === paperDigest(paper.label));
        if (found) releases.set(paper.label, found.id);
      }
    }
    const agreed = insurers.flatMap(({ profile, connection, token }) =>
      connection.kind === 'inbox' ? [] : [[profile.id, { name: profile.name, url: connection.url, token }] as const],
    );
    return { clinicians, clients, coverages, releases, insurers: new Map(agreed) };
  });
