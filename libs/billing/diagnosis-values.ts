import type { FieldBag } from '#libs/catalogue';
import type { Diagnosis } from './invoice.js';
import { fill } from './offered.js';

/** The first diagnosis is the primary one. */
export const fillDiagnoses = (bag: FieldBag, diagnoses: readonly Diagnosis[]): void =>
  diagnoses.forEach(({ id, code }, index) =>
    fill(bag, { [index === 0 ? 'diagnosis.primary' : 'diagnosis.secondary']: code }, id),
  );
