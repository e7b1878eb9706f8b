import { BlockList } from 'node:net';
import { PRIVATE_SPACE } from '#libs/kernel';
import { cidrOf, familyOf, type Network, readNetwork } from './networks.js';

/** What an operator may open, and nothing beside it. */
export const PRIVATE_NETWORKS_RULE =
  'networks as 10.8.0.0/16 or fd12:3456::/32, separated by commas, each within 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16 or fc00::/7';

const isWithin = ({ address, prefix }: Network): boolean =>
  PRIVATE_SPACE.some(([network, shortest]) => {
    const family = familyOf(address);
    if (family !== familyOf(network) || prefix < shortest) return false;
    const space = new BlockList();
    space.addSubnet(network, shortest, family);
    return space.check(address, family);
  });

/** The networks of such a list in one spelling; undefined where one of them is none that may be opened. */
export const readPrivateNetworks = (text: string): readonly string[] | undefined => {
  const networks: string[] = [];
  for (const one of text.split(',')) {
    const network = readNetwork(one);
    if (network === undefined || !isWithin(network)) return undefined;
    networks.push(cidrOf(network));
  }
  return networks;
};
