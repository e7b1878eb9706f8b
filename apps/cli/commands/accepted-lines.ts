import type { Accepted, Validated } from '#libs/contracts';
import { warned } from '../explain/warned.js';
import type { Said } from './said.js';

/** Where the disclosures of an accepted document stand. Not well: one is held. */
export const acceptedSaid = (accepted: Accepted): Said => {
  const { disclosures, warnings } = accepted;
  return {
    lines: [
      ...disclosures.map(({ id, format, state, nextStep }) => `${id}  ${format}  ${state}  ${nextStep}`),
      ...warned(warnings),
    ],
    isWell: disclosures.every(({ state }) => state !== 'held' && state !== 'blocked'),
    data: accepted,
  };
};

/** What would become of a document that was only tried out. Not well: it would wait. */
export const validatedSaid = (validated: Validated): Said => {
  const { outcome, gaps, warnings } = validated;
  const goes = outcome === 'send';
  return {
    lines: [
      goes ? 'would go' : 'would wait',
      ...gaps.map(({ curer, sentence }) => `  ${curer}: ${sentence}`),
      ...warned(warnings),
    ],
    isWell: goes,
    data: validated,
  };
};
