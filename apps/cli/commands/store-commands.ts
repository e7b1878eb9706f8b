import { failed, issue, ok, type Result } from '#libs/kernel';
import { prepareDemo } from '../demo/prepare-demo.js';
import { withStore } from '../store/with-store.js';
import type { Said } from './said.js';

/** Brings the tables up to date. */
export const migrateStore = (): Promise<Result<Said>> =>
  withStore({ migrates: true }, ({ applied }) =>
    Promise.resolve(
      ok({ lines: [applied === 0 ? 'Up to date already.' : `${applied} migrations applied.`], isWell: true }),
    ),
  );

/** Makes the fictitious practice. `seed.not-in-production`: nobody's real practice wants invented clients. */
export const seedStore = (): Promise<Result<Said>> =>
  withStore({ migrates: true }, async ({ settings, open }) => {
    if (settings.environment === 'production') return failed(issue('seed.not-in-production', 'SLUICE_ENVIRONMENT'));
    const services = await open();
    if (!services.ok) return services;
    const prepared = await prepareDemo(settings, services.value);
    if (!prepared.ok) return prepared;
    const { name } = prepared.value.demo.practice;
    return ok({
      lines: [prepared.value.seeded ? `Made the fictitious practice “${name}”.` : `“${name}” is here already.`],
      isWell: true,
    });
  });
