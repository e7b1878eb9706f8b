import { BlockList, isIP, isIPv4 } from 'node:net';
import { PRIVATE_SPACE } from '#libs/kernel';

type Subnet = readonly [network: string, prefix: number];

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

/** Whether an address is private and in one of the networks, in CIDR notation, in which the operator lets insurers be. No list opens anything else. */
export const isInListedNetwork = (canonical: string, networks: readonly string[]): boolean =>
  isIn(canonical, networks.flatMap(subnetOf)) && isIn(canonical, PRIVATE_SPACE) && !isIn(canonical, METADATA);
