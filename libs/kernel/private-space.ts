/** Space that never leads out of somebody's own network, as network and prefix (RFC 1918, RFC 6598, RFC 4193). */
export const PRIVATE_SPACE: readonly (readonly [network: string, prefix: number])[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['fc00::', 7],
];
