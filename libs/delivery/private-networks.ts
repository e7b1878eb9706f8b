import { BlockList, isIP, isIPv4 } from 'node:net';

type Subnet = readonly [network: string, prefix: number];

/** Space that never leads out of somebody's own network (RFC 1918, RFC 6598, RFC 4193). No list opens anything else. */
const PRIVATE: readonly Subnet[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['fc00::', 7],
];

/** Where clouds tell a machine its own secrets, inside of that space. No insurer is ever there. */
const METADATA: readonly Subnet[] = [
  ['100.100.100.200', 32],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

/** By networks of its own family only: a mapped address must not be taken for the one that it wraps. */
const isIn = (address: string, subnets: readonly Subnet[]): boolean => {
  const family = familyOf(address);
  const list = new BlockList();
  for (const [network, prefix] of subnets) if (familyOf(network) === family) list.addSubnet(network, prefix, family);
  return list.check(address, family);
};

const subnetOf = (text: string): readonly Subnet[] => {
  const [network = '', prefix = ''] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(network)];
  return most !== undefined && /^\d{1,3}$/.test(prefix) && Number(prefix) <= most ? [[network, Number(prefix)]] : [];
};

/** Whether an address is private and in one of the networks, in CIDR notation, in which the operator lets insurers be. */
export const isInListedNetwork = (canonical: string, networks: readonly string[]): boolean =>
  isIn(canonical, networks.flatMap(subnetOf)) && isIn(canonical, PRIVATE) && !isIn(canonical, METADATA);
