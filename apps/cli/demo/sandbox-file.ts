import { join } from 'node:path';
import type { InsurerProfile } from '#libs/application';
import type { Demo } from './load-demo.js';

/** What the sandbox is told of its insurers: names, secrets, what each can do, and how each behaves at first. */
export interface SandboxTerms {
  readonly controlToken: string;
  readonly tokens: ReadonlyMap<string, string>;
  readonly behaviours: ReadonlyMap<string, object>;
  /** Of the clearinghouse, and of the insurers behind it. */
  readonly clearinghouseToken: string;
  /** Where it takes files and hands over how to reach it. */
  readonly clearinghouseDirectory: string;
}

/** An insurer can do what its profile rests on, and no more. */
const capabilitiesOf = ({ resolution }: InsurerProfile) => ({
  idempotencyKey: resolution === 'idempotency-key',
  duplicateDetection: resolution === 'duplicate-detection',
  probe: resolution === 'probe',
});

/** The file that the sandbox reads at its start. */
export const sandboxFile = (demo: Demo, profiles: readonly InsurerProfile[], terms: SandboxTerms) => {
  const { behindClearinghouse: house } = demo;
  const profileOf = (name: string): InsurerProfile | undefined => profiles.find((one) => one.id === name);
  const known = demo.insurers.flatMap(({ profile: name, sandboxName }) => {
    const profile = profileOf(name);
    const token = terms.tokens.get(name);
    if (profile === undefined || token === undefined) return [];
    const behaviour = terms.behaviours.get(name);
    return [
      {
        ...{ id: name, name: sandboxName, payerId: profile.payerId, receiverId: profile.payerId, token },
        capabilities: capabilitiesOf(profile),
        ...(behaviour === undefined ? {} : { behaviour }),
      },
    ];
  });
  const behind = house.insurers.flatMap(({ profile: name, sandboxName, unknownMembers }) => {
    const profile = profileOf(name);
    return profile === undefined
      ? []
      : [
          {
            // What the clearinghouse brings is addressed to the clearinghouse.
            ...{ id: name, name: sandboxName, payerId: profile.payerId, receiverId: house.receiverId },
            ...{ token: terms.clearinghouseToken, unknownMemberPrefixes: unknownMembers },
            capabilities: capabilitiesOf(profile),
          },
        ];
  });
  return {
    controlToken: terms.controlToken,
    insurers: [...known, ...behind],
    clearinghouses: [
      {
        ...{ id: house.id, name: house.name, receiverId: house.receiverId, token: terms.clearinghouseToken },
        payers: house.insurers.map(({ profile, payerId }) => ({ payerId, insurer: profile })),
        files: { directory: join(terms.clearinghouseDirectory, house.id), port: 0 },
      },
    ],
  };
};
