import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { isInListedNetwork } from './private-networks.js';

/** Where a connection may go: the addresses were checked, and nothing else is connected to. */
export interface Destination {
  readonly protocol: 'https:' | 'http:' | 'sftp:';
  /** Host as registered; what the certificate must be for. */
  readonly host: string;
  readonly port: number;
  /** Canonical, never empty. */
  readonly addresses: readonly string[];
}

export type Resolve = (host: string) => Promise<readonly string[]>;

export interface EgressRules {
  /** The sandbox stands on this machine; nothing else that we speak to ever does. */
  readonly allowLoopback: boolean;
  /** Private networks in which an insurer may be, in CIDR notation; for webhooks never any. */
  readonly privateNetworks?: readonly string[];
  readonly resolve?: Resolve;
}

/** IPv4 that is not global unicast: IANA special-purpose registry (RFC 6890 and successors), multicast and reserved. */
const blockedIPv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Parts of 2000::/3 that wrap another address or belong to nobody: Teredo and its kin, 6to4, documentation. */
const blockedIPv6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const blocked = new BlockList();
for (const [network, prefix] of blockedIPv4) blocked.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of blockedIPv6) blocked.addSubnet(network, prefix, 'ipv6');

/** Everything else in IPv6 is local, mapped (`::ffff:0:0/96`), translated (NAT64 `64:ff9b::/96`), multicast or reserved. */
const globalIPv6 = new BlockList();
globalIPv6.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

/** One spelling per address; undefined for what is none, and for one that is bound to an interface. */
export const canonicalAddress = (address: string): string | undefined =>
  isIP(address) === 0 || address.includes('%')
    ? undefined
    : new SocketAddress({ address, family: familyOf(address) }).address;

const isLoopback = (address: string): boolean => loopback.check(address, familyOf(address));

/** BlockList looks into IPv4-mapped addresses by itself; the rule here is that they are refused in any case. */
const isGlobal = (address: string): boolean =>
  isIPv4(address)
    ? !blocked.check(address, 'ipv4')
    : globalIPv6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');

export const mayConnectTo = (address: string, rules: EgressRules): boolean => {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return false;
  if (isGlobal(canonical) || isInListedNetwork(canonical, rules.privateNetworks ?? [])) return true;
  return rules.allowLoopback && isLoopback(canonical) && !canonical.includes(':ffff:');
};

const resolveBySystem: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

const denied = <T>(): Result<T> => failed(issue('egress_denied', 'connection/url'));

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** The registered address as a URL, if it is one to which anything may be sent at all. */
export const registeredUrl = (text: string, rules: EgressRules): Result<URL> => {
  if (!URL.canParse(text)) return denied();
  const url = new URL(text);
  const plain = url.protocol === 'http:' && rules.allowLoopback;
  if (url.protocol !== 'https:' && url.protocol !== 'sftp:' && !plain) return denied();
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return denied();
  if (url.hostname === '' || url.port === '0') return denied();
  return ok(url);
};

/**
 * Resolves a registered address once and checks every address behind it, so that a name cannot say one thing when it is
 * checked and another when it is connected to. Codes: `egress_denied`, `name_not_resolved`.
 */
export const resolveDestination = async (text: string, rules: EgressRules): Promise<Result<Destination>> => {
  const registered = registeredUrl(text, rules);
  if (!registered.ok) return registered;
  const url = registered.value;
  const host = bareHost(url);
  const found = isIP(host) === 0 ? await addressesOf(host, rules.resolve ?? resolveBySystem) : [host];
  if (found.length === 0) return failed(issue('name_not_resolved', 'connection/url'));
  const addresses: string[] = [];
  for (const address of found) {
    const canonical = canonicalAddress(address);
    if (canonical === undefined || !mayConnectTo(canonical, rules)) return denied();
    if (url.protocol === 'http:' && !isLoopback(canonical)) return denied();
    addresses.push(canonical);
  }
  const protocol = protocolOf(url);
  return ok({ protocol, host, port: url.port === '' ? PORTS[protocol] : Number(url.port), addresses });
};

const PORTS = { 'https:': 443, 'http:': 80, 'sftp:': 22 } as const;

const protocolOf = ({ protocol }: URL): Destination['protocol'] =>
  protocol === 'https:' || protocol === 'sftp:' ? protocol : 'http:';

const addressesOf = async (host: string, resolve: Resolve): Promise<readonly string[]> => {
  try {
    return await resolve(host);
  } catch {
    return [];
  }
};
