import type { InsurerProfile } from '#libs/application';
import type { Demo } from './load-demo.js';

/** What the sandbox is told of its insurers: names, secrets, what each can do, and how each behaves at first. */
export interface SandboxTerms {
  readonly controlToken: string;
  readonly tokens: ReadonlyMap<string, string>;
  readonly behaviours: ReadonlyMap<string, object>;
}

/** The file that the sandbox reads at its start. An insurer can do what its profile rests on, and no more. */
export const sandboxFile = (demo: Demo, profiles: readonly InsurerProfile[], terms: SandboxTerms) => ({
  controlToken: terms.controlToken,
  insurers: demo.insurers.flatMap(({ profile: name, sandboxName }) => {
    const profile = profiles.find((one) => one.id === name);
    const token = terms.tokens.get(name);
    if (profile === undefined || token === undefined) return [];
    const behaviour = terms.behaviours.get(name);
    return [
      {
        id: name,
        name: sandboxName,
        payerId: profile.payerId,
        receiverId: profile.payerId,
        token,
        capabilities: {
          idempotencyKey: profile.resolution === 'idempotency-key',
          duplicateDetection: profile.resolution === 'duplicate-detection',
          probe: profile.resolution === 'probe',
        },
        ...(behaviour === undefined ? {} : { behaviour }),
      },
    ];
  }),
});
