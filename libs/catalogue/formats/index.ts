import { unreachable } from '#libs/kernel';
import type { FormatDefinition, FormatId } from '../format.js';
import { RECEIPT, STATEMENT } from './statement.js';
import { TREATMENT_REPORT } from './treatment-report.js';
import { X12_837P } from './x12-837p.js';

export const formatOf = (id: FormatId): FormatDefinition => {
  switch (id) {
    case 'receipt':
      return RECEIPT;
    case 'statement':
      return STATEMENT;
    case 'x12-837p':
      return X12_837P;
    case 'treatment-report':
      return TREATMENT_REPORT;
    default:
      return unreachable(id);
  }
};
