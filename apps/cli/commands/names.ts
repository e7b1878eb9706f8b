import type { GatewayClient } from '#libs/client';
import type { DisclosureSummary, InsurerView, ReleaseView } from '#libs/contracts';
import { failed, isUuid, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';

/** A client by id or code. `cli.client-unknown`. */
export const clientNamed = async (gateway: GatewayClient, name: string): Promise<Result<string>> => {
  if (isUuid(name)) return ok(name);
  const found = await answered(gateway.ask('listClients', { query: { code: name } }));
  if (!found.ok) return found;
  const [client] = found.value.rows;
  return client === undefined ? failed(issue('cli.client-unknown', 'client', 'an id or a code')) : ok(client.id);
};

/** An insurer by id, by the name of its profile or by its payer id. `cli.insurer-unknown`. */
export const insurerNamed = async (gateway: GatewayClient, name: string): Promise<Result<InsurerView>> => {
  const listed = await answered(gateway.ask('listInsurers', {}));
  if (!listed.ok) return listed;
  const found = listed.value.rows.find(({ id, profile, payerId }) => [id, profile.id, payerId].includes(name));
  return found === undefined
    ? failed(issue('cli.insurer-unknown', 'insurer', 'an id, a name of config/insurers or a payer id'))
    : ok(found);
};

/** What was corrected is not meant where its correction is there. */
const standing = (rows: readonly DisclosureSummary[]): readonly DisclosureSummary[] => {
  const there = rows.filter(({ state }) => state !== 'cancelled');
  const corrected = new Set(there.flatMap(({ correction }) => correction?.of ?? []));
  return there.filter(({ id, state }) => state !== 'superseded' && !corrected.has(id));
};

/**
 * A disclosure by id, or by anything by which it alone is found: a control number, a reference, the insurer's claim number,
 * the code of a client with one claim that stands. `cli.disclosure-unknown`, `cli.disclosure-ambiguous`.
 */
export const disclosureNamed = async (gateway: GatewayClient, name: string): Promise<Result<string>> => {
  if (isUuid(name)) return ok(name);
  const found = await answered(gateway.ask('search', { query: { q: name } }));
  if (!found.ok) return found;
  const [only, ...more] = standing(found.value.rows);
  if (only === undefined) return failed(issue('cli.disclosure-unknown', 'disclosure'));
  return more.length === 0
    ? ok(only.id)
    : failed(issue('cli.disclosure-ambiguous', 'disclosure', `one of ${more.length + 1}: sluice search`));
};

/** A scan by id, or by the release, as `releaseNamed` finds it, that has one to check. `cli.scan-unknown`. */
export const scanNamed = async (gateway: GatewayClient, name: string): Promise<Result<string>> => {
  const release = isUuid(name) ? ok(name) : await releaseNamed(gateway, name, ['draft']);
  if (!release.ok) return release;
  const listed = await answered(gateway.ask('listScans', { params: { id: release.value } }));
  // An id that is no release's is a scan's.
  if (!listed.ok) return isUuid(name) ? ok(name) : listed;
  const [only, ...more] = listed.value.rows.filter(({ status }) => status === 'to-check');
  return only === undefined || more.length > 0
    ? failed(issue('cli.scan-unknown', 'scan', 'one to check'))
    : ok(only.id);
};

/**
 * A release by id, or by the code of a client who has one in such a state. `cli.release-unknown`,
 * `cli.release-ambiguous`, `cli.client-unknown`.
 */
export const releaseNamed = async (
  gateway: GatewayClient,
  name: string,
  statuses: readonly ReleaseView['status'][],
): Promise<Result<string>> => {
  if (isUuid(name)) return ok(name);
  const client = await clientNamed(gateway, name);
  if (!client.ok) return client;
  const listed = await answered(gateway.ask('listReleases', { params: { id: client.value } }));
  if (!listed.ok) return listed;
  const [only, ...more] = listed.value.rows.filter(({ status }) => statuses.includes(status));
  if (only === undefined) return failed(issue('cli.release-unknown', 'release', statuses.join(', ')));
  return more.length === 0
    ? ok(only.id)
    : failed(issue('cli.release-ambiguous', 'release', `one of ${more.length + 1}: sluice releases list`));
};
