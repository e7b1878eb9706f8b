import { isIP, isIPv4 } from 'node:net';
import { cidrOf, readNetwork } from './networks.js';

export const TRUSTED_PROXIES_RULE =
  'addresses or networks as 10.0.3.1 or 10.0.3.0/24, separated by commas, none larger than a /8 or, of IPv6, a /16';

/** Whoever trusts everybody takes an address from anybody. */
const LEAST = { ipv4: 8, ipv6: 16 } as const;

/** The machines before the gateways that may say for whom they ask; undefined where one is none. */
export const readTrustedProxies = (text: string): readonly string[] | undefined => {
  const proxies: string[] = [];
  for (const one of text.split(',').map((part) => part.trim())) {
    const network = readNetwork(isIP(one) === 0 ? one : `${one}/${isIPv4(one) ? 32 : 128}`);
    if (network === undefined) return undefined;
    if (network.prefix < (isIPv4(network.address) ? LEAST.ipv4 : LEAST.ipv6)) return undefined;
    proxies.push(cidrOf(network));
  }
  return proxies;
};
