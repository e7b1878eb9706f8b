import { isDiagnosisCode } from './code-shapes.js';
import { among, at, type Edit } from './edit.js';
import type { Diagnosis } from './invoice.js';

export const MOST_DIAGNOSES = 12;

interface Diagnosed {
  readonly diagnoses: readonly Diagnosis[];
}

/** What holds for the diagnoses of a claim and of a report alike. */
export const DIAGNOSIS_EDITS: readonly Edit<Diagnosed>[] = [
  {
    id: 'diagnosis_shape',
    severity: 'error',
    rule: 'ICD-10-CM without the dot, 3 to 7 characters',
    fix: 'Write the ICD-10-CM code without the dot.',
    find: ({ diagnoses }) =>
      among('/diagnoses', diagnoses, ({ code }) => !isDiagnosisCode(code)).map((path) => `${path}/code`),
  },
  {
    id: 'diagnosis_repeated',
    severity: 'error',
    fix: 'Name each diagnosis once.',
    find: ({ diagnoses }) =>
      among(
        '/diagnoses',
        diagnoses,
        ({ code }, index) => diagnoses.findIndex((other) => other.code === code) < index,
      ).map((path) => `${path}/code`),
  },
  {
    id: 'diagnosis_id',
    severity: 'error',
    rule: 'D1, D2, …, each once',
    fix: 'Give each diagnosis an id of its own.',
    find: ({ diagnoses }) =>
      among(
        '/diagnoses',
        diagnoses,
        ({ id }, index) => !/^D[1-9]\d{0,2}$/.test(id) || diagnoses.findIndex((other) => other.id === id) < index,
      ).map((path) => `${path}/id`),
  },
  {
    id: 'diagnosis_count',
    severity: 'error',
    rule: `at most ${MOST_DIAGNOSES}`,
    fix: 'Keep the twelve diagnoses that matter for these services.',
    find: ({ diagnoses }) => at('/diagnoses', diagnoses.length > MOST_DIAGNOSES),
  },
];
