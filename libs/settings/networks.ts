import { isIP, isIPv4, SocketAddress } from 'node:net';

/** An address in its one spelling, and how many of its bits are the network's. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
}

export const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

export const cidrOf = ({ address, prefix }: Network): string => `${address}/${prefix}`;

/** The parts of a canonical address, and how many bits each has. */
const partsOf = (address: string): { readonly bits: number; readonly parts: readonly number[] } => {
  if (isIPv4(address)) return { bits: 8, parts: address.split('.').map(Number) };
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  const between = Array<string>(8 - before.length - after.length).fill('0');
  return { bits: 16, parts: [...before, ...between, ...after].map((part) => Number.parseInt(part, 16)) };
};

/** `10.8.0.1/16` is either one machine or sixty-five thousand; whoever wrote it has to say which. */
const isNetworkItself = ({ address, prefix }: Network): boolean => {
  const { bits, parts } = partsOf(address);
  return parts.every((part, index) => {
    const free = Math.min(bits, Math.max(0, bits * (index + 1) - prefix));
    return part % 2 ** free === 0;
  });
};

/** A network in CIDR notation; undefined for anything else. */
export const readNetwork = (text: string): Network | undefined => {
  const [given = '', length = '', ...more] = text.trim().split('/');
  if (isIP(given) === 0 || given.includes('%') || !/^\d{1,3}$/.test(length) || more.length > 0) return undefined;
  const { address } = new SocketAddress({ address: given, family: familyOf(given) });
  const network = { address, prefix: Number(length) };
  return network.prefix <= (isIPv4(address) ? 32 : 128) && isNetworkItself(network) ? network : undefined;
};
