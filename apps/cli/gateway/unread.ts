import type { Asked, JsonRoute } from '#libs/client';

type Bodies = { [Name in JsonRoute]: Asked<Name> extends { readonly body: infer Body } ? Body : never };

/**
 * What stands in somebody's file, as the body of a request. It is the gateway that reads it, by the contract, and says
 * what is wrong with it; here nothing is known of it but that it is JSON.
 */
export const unread = <Name extends JsonRoute>(body: unknown): Bodies[Name] => body as Bodies[Name];
