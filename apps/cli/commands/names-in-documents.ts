import type { GatewayClient } from '#libs/client';
import { failed, isUuid, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { clientNamed, insurerNamed } from './names.js';

/** Remembers what was looked up, so that a month of invoices asks once for each client. */
const once = (look: (name: string) => Promise<Result<string>>): ((name: string) => Promise<Result<string>>) => {
  const known = new Map<string, Promise<Result<string>>>();
  return (name) => {
    const found = known.get(name) ?? look(name);
    known.set(name, found);
    return found;
  };
};

/** `named`: an insurer, or an insurer and the member id where a client has several coverages with it. */
const coverageOf = async (gateway: GatewayClient, client: string, name: string): Promise<Result<string>> => {
  const [insurer = '', memberId] = name.split(' ');
  const named = await insurerNamed(gateway, insurer);
  if (!named.ok) return named;
  const listed = await answered(gateway.ask('listCoverages', { params: { id: client } }));
  if (!listed.ok) return listed;
  const [only, ...more] = listed.value.rows.filter(
    ({ insurer: of, terms }) => of === named.value.id && (memberId === undefined || terms.memberId === memberId),
  );
  if (only === undefined) return failed(issue('cli.coverage-unknown', '/coverage'));
  return more.length === 0
    ? ok(only.id)
    : failed(issue('cli.coverage-ambiguous', '/coverage', 'insurer and member id'));
};

const clinicianNamed = async (gateway: GatewayClient, name: string): Promise<Result<string>> => {
  const listed = await answered(gateway.ask('listClinicians', {}));
  if (!listed.ok) return listed;
  const [only, ...more] = listed.value.rows.filter(({ lastName }) => lastName === name);
  return only === undefined || more.length > 0 ? failed(issue('cli.clinician-unknown', '/clinician')) : ok(only.id);
};

/**
 * Puts ids in the place of names: a client by code, a coverage by the insurer's profile (and member id), a clinician by last name. What is
 * an id already, or no text, stays as it is and is judged by the gateway. Codes of `names.ts`, `cli.coverage-unknown`,
 * `cli.coverage-ambiguous`, `cli.clinician-unknown`.
 */
export const namesReplaced = (gateway: GatewayClient): ((body: unknown) => Promise<Result<unknown>>) => {
  const client = once((name) => clientNamed(gateway, name));
  const clinician = once((name) => clinicianNamed(gateway, name));
  const coverage = once((pair) => {
    const [id = '', insurer = ''] = pair.split('\n');
    return coverageOf(gateway, id, insurer);
  });
  const idFor = (found: unknown, look: (name: string) => Promise<Result<string>>): Promise<Result<unknown>> =>
    typeof found !== 'string' || isUuid(found) ? Promise.resolve(ok(found)) : look(found);
  return async (body) => {
    if (typeof body !== 'object' || body === null || !('client' in body)) return ok(body);
    const whose = await idFor(body.client, client);
    if (!whose.ok) return whose;
    const treats = 'clinician' in body ? await idFor(body.clinician, clinician) : ok(undefined);
    if (!treats.ok) return treats;
    const covered =
      'coverage' in body
        ? await idFor(body.coverage, (name) => coverage(`${String(whose.value)}\n${name}`))
        : ok(undefined);
    if (!covered.ok) return covered;
    return ok({
      ...body,
      client: whose.value,
      ...('clinician' in body ? { clinician: treats.value } : {}),
      ...('coverage' in body ? { coverage: covered.value } : {}),
    });
  };
};

/** The same for many; the first that names nobody refuses all of them, with its place. */
export const allNamesReplaced = async (
  gateway: GatewayClient,
  bodies: readonly unknown[],
): Promise<Result<readonly unknown[]>> => {
  const replace = namesReplaced(gateway);
  const replaced: unknown[] = [];
  for (const [index, body] of bodies.entries()) {
    const one = await replace(body);
    if (!one.ok) return failed(...one.issues.map(({ code, path, rule }) => issue(code, `${index + 1}${path}`, rule)));
    replaced.push(one.value);
  }
  return ok(replaced);
};
