import { type FormatDefinition, type FormatField, formatFields } from '../format.js';

const fields: readonly FormatField[] = formatFields([
  ['client.name.first', 'situational', 'header/name'],
  ['client.name.last', 'situational', 'header/name'],
  ['coverage.memberId', 'situational', 'header/member'],
  ['client.birthDate', 'situational', 'header/age', { accepts: ['client.age', 'client.birthYear'] }],
  ['session.date', 'required', 'line/date'],
  ['fee.charge', 'required', 'line/fee'],
  ['fee.total', 'required', 'total'],
  ['session.character', 'situational', 'line/character'],
  ['procedure.code', 'situational', 'line/procedure'],
  ['diagnosis.primary', 'situational', 'diagnosis'],
  // Without it what has been paid would seem to be owed.
  ['fee.paid', 'situational', 'paid', { changesMeaning: true }],
]);

const common = {
  version: '1',
  fields,
  excludedLine: 'drop',
  carriesEnclosures: true,
  mostLines: 200,
  mostDiagnoses: 12,
  /** A paper about nobody is of no use: a name or a member id identifies it. */
  oneOf: [['client.name.last', 'coverage.memberId']],
} as const;

/** To insurers and plans over a recorded permitted channel. */
export const STATEMENT: FormatDefinition = { ...common, id: 'statement', purposes: ['HPAYMT'] };

/** To the client. */
export const RECEIPT: FormatDefinition = { ...common, id: 'receipt', purposes: ['PATRQT'] };
