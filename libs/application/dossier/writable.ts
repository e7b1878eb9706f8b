import type { FieldId, FormatId, Value } from '#libs/catalogue';
import { canPrint } from '#libs/documents';
import { unreachable } from '#libs/kernel';
import { canWrite837P } from '#libs/x12';
import type { InsurerRecord } from '../ports/records.js';

type CanWrite = (field: FieldId, value: Value) => boolean;

/** Machines read every character. */
const anything: CanWrite = () => true;

const unlessForMachines = (mediaType: string | undefined): CanWrite =>
  mediaType === 'application/json' ? anything : canPrint;

/** What a format can write as this insurer takes it. */
export const writableFor = (format: FormatId, { profile }: Pick<InsurerRecord, 'profile'>): CanWrite => {
  switch (format) {
    case 'x12-837p':
      return canWrite837P;
    case 'statement':
    case 'receipt':
      return unlessForMachines(profile.statementMediaType);
    case 'treatment-report':
      return unlessForMachines(profile.reportMediaType);
    default:
      return unreachable(format);
  }
};
