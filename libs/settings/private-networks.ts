import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';
import { PRIVATE_SPACE } from '#libs/kernel';

/** What an operator may open, and nothing beside it. */
export const PRIVATE_NETWORKS_RULE =
  'networks as 10.8.0.0/16 or fd12:3456::/32, separated by commas, each within 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16 or fc00::/7';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

const isWithin = (address: string, prefix: number): boolean =>
  PRIVATE_SPACE.some(([network, shortest]) => {
    const family = familyOf(address);
    if (family !== familyOf(network) || prefix < shortest) return false;
    const space = new BlockList();
    space.addSubnet(network, shortest, family);
    return space.check(address, family);
  });

/** The parts of a canonical address, and how many bits each has. */
const partsOf = (address: string): { readonly bits: number; readonly parts: readonly number[] } => {
  if (isIPv4(address)) return { bits: 8, parts: address.split('.').map(Number) };
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  const between = Array<string>(8 - before.length - after.length).fill('0');
  return { bits: 16, parts: [...before, ...between, ...after].map((part) => Number.parseInt(part, 16)) };
};

/** `10.8.0.1/16` is either one machine or sixty-five thousand; whoever wrote it has to say which. */
const isNetworkItself = (address: string, prefix: number): boolean => {
  const { bits, parts } = partsOf(address);
  return parts.every((part, index) => {
    const free = Math.min(bits, Math.max(0, bits * (index + 1) - prefix));
    return part % 2 ** free === 0;
  });
};

/** The networks of such a list in one spelling; undefined where one of them is none that may be opened. */
export const readPrivateNetworks = (text: string): readonly string[] | undefined => {
  const networks: string[] = [];
  for (const one of text.split(',')) {
    const [address = '', prefix = '', ...more] = one.trim().split('/');
    if (isIP(address) === 0 || address.includes('%') || !/^\d{1,3}$/.test(prefix) || more.length > 0) return undefined;
    const canonical = new SocketAddress({ address, family: familyOf(address) }).address;
    const length = Number(prefix);
    if (length > (isIPv4(canonical) ? 32 : 128)) return undefined;
    if (!isWithin(canonical, length) || !isNetworkItself(canonical, length)) return undefined;
    networks.push(`${canonical}/${length}`);
  }
  return networks;
};
