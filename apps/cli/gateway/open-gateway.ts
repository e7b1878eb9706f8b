import { GatewayClient, type Proof } from '#libs/client';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { systemIds } from '#libs/settings';
import { answered } from './answered.js';

/** The gateway at an address, as nobody unless a proof is given. */
export const gatewayAt = (baseUrl: string, proof?: Proof): GatewayClient =>
  new GatewayClient({
    baseUrl,
    newIdempotencyKey: () => systemIds.uuid(),
    ...(proof === undefined ? {} : { proof }),
  });

/** Signs in by name and password. Codes of `answered`. */
export const signedIn = async (
  baseUrl: string,
  credentials: { readonly signIn: string; readonly password: string },
): Promise<Result<GatewayClient>> => {
  const session = await answered(gatewayAt(baseUrl).exchange('signIn', { body: credentials }));
  if (!session.ok) return session;
  const [cookie] = session.value.headers.getSetCookie()[0]?.split(';') ?? [];
  if (cookie === undefined || cookie === '') return failed(issue('api.unreadable-answer', 'set-cookie'));
  return ok(gatewayAt(baseUrl, { kind: 'session', cookie }));
};
