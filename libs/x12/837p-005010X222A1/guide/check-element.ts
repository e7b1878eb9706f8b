import { unreachable } from '#libs/kernel';
import { parseAmount, writeAmount } from '../../envelope/amount.js';
import { isTime, parseDate } from '../../envelope/date.js';
import {
  isDiagnosisCode,
  isModifier,
  isNpi,
  isPlaceOfService,
  isProcedureCode,
  isState,
  isTaxId,
  isTaxonomy,
  isZip,
} from '../../envelope/identifiers.js';
import type { ElementKind, ElementRule, Form } from './rule.js';

/** What is wrong with a value that is there, as an issue code. */
export const valueProblem = (kind: ElementKind, value: string): string | undefined => {
  switch (kind.is) {
    case 'text':
      return value.length < kind.shortest || value.length > kind.longest ? 'x12_length' : undefined;
    case 'code':
      return kind.values.includes(value) ? undefined : 'x12_code_unknown';
    case 'whole':
      return /^(?:0|[1-9]\d*)$/.test(value) && value.length <= kind.digits ? undefined : 'x12_not_a_number';
    case 'form':
      return HOLDS[kind.form](value) ? undefined : PROBLEM[kind.form];
    case 'composite':
      return undefined;
    default:
      return unreachable(kind);
  }
};

const isCanonicalAmount = (value: string): boolean => {
  const amount = parseAmount(value);
  return amount !== undefined && amount >= 0 && writeAmount(amount) === value;
};

/** What was not paid, or with a minus what was paid beyond the charge; never nothing. */
const isAdjustment = (value: string): boolean => {
  const amount = parseAmount(value);
  return amount !== undefined && amount !== 0 && writeAmount(amount) === value;
};

const isDateOrRange = (value: string): boolean => {
  const [from = '', to, ...rest] = value.split('-').map(parseDate);
  return from !== '' && (to === undefined ? !value.includes('-') : from <= to) && rest.length === 0;
};

const HOLDS: Readonly<Record<Form, (value: string) => boolean>> = {
  amount: isCanonicalAmount,
  adjustment: isAdjustment,
  quantity: (value) => /^(?=.*[1-9])(?:0|[1-9]\d{0,7})(?:\.\d*[1-9])?$/.test(value),
  date: (value) => parseDate(value) !== undefined,
  dates: isDateOrRange,
  time: isTime,
  npi: isNpi,
  state: isState,
  zip: isZip,
  zip9: (value) => isZip(value) && value.length === 9,
  diagnosis: isDiagnosisCode,
  procedure: isProcedureCode,
  modifier: isModifier,
  place: isPlaceOfService,
  'tax-id': isTaxId,
  taxonomy: isTaxonomy,
};

const PROBLEM: Readonly<Record<Form, string>> = {
  amount: 'x12_not_an_amount',
  adjustment: 'x12_not_an_amount',
  quantity: 'x12_not_a_number',
  date: 'x12_not_a_date',
  dates: 'x12_not_a_date',
  time: 'x12_not_a_time',
  npi: 'x12_not_an_npi',
  state: 'x12_not_a_state',
  zip: 'x12_not_a_postal_code',
  zip9: 'x12_not_a_postal_code',
  diagnosis: 'x12_not_a_diagnosis_code',
  procedure: 'x12_not_a_procedure_code',
  modifier: 'x12_not_a_modifier',
  place: 'x12_not_a_place_of_service',
  'tax-id': 'x12_not_a_tax_id',
  taxonomy: 'x12_not_a_taxonomy',
};

/** Presence first, then the value; `undefined` when nothing is wrong. */
export const elementProblem = (rule: ElementRule, value: string): string | undefined => {
  if (value === '') return rule.usage === 'R' ? 'x12_required_missing' : undefined;
  if (rule.usage === 'N') return 'x12_not_used';
  return valueProblem(rule.kind, value);
};
