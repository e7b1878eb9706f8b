export { type Adjustment, ADJUSTMENT_GROUPS, readAdjustment, writeAdjustment } from './adjustment.js';
export {
  CATALOGUE_VERSION,
  closureOf,
  expandGrants,
  FIELD_IDS,
  type FieldId,
  fieldOf,
  generalisationsOf,
  isFieldId,
  isPart2,
} from './catalogue.js';
export type {
  DerivationName,
  FieldCategory,
  FieldDefinition,
  FieldKind,
  FieldScope,
  Generalisation,
  Sensitivity,
} from './field.js';
export {
  type Circumstance,
  type FormatDefinition,
  type FormatField,
  type FormatId,
  FORMATS,
  isFormat,
} from './format.js';
export { formatOf } from './formats/index.js';
export { FieldBag, type Locus, locus, type LocusKey, locusKey, type Occurrence, type Value } from './locus.js';
export { neededFor } from './need.js';
export { type Purpose, PURPOSES } from './purpose.js';
export {
  type CodeClass,
  type CodeClasses,
  codeClasses,
  type CodeSystem,
  GRANT_FOR_REVEAL,
  type Reveal,
  REVEAL_WORDS,
  REVEALS,
} from './reveals.js';
