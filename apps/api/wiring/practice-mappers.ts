import type {
  ApiKeyRecord,
  ClinicianRecord,
  InsurerConnection,
  LedgerRow,
  PracticeRecord,
  Preset,
  ReadingRecord,
  VerifiedRange,
} from '#libs/application';
import { expandGrants, fieldOf } from '#libs/catalogue';
import type {
  ApiKeyView,
  CeilingView,
  ChangeConnection,
  ChooseReading,
  ClinicianView,
  LedgerRowView,
  LedgerVerificationView,
  PracticeView,
  PresetView,
  ReadingView,
} from '#libs/contracts';
import type { Ceiling, Licence, ReadingChoice } from '#libs/release';
import { toInstant } from './desk.js';

export const fromReadingChoice = ({ choice }: ChooseReading): ReadingRecord['choice'] =>
  choice.kind === 'literal' ? 'literal' : { reading: choice.reading, version: choice.version };

/** An insurer that fetches has credentials of its own, and we have no secret of its. */
export const fromConnectionChange = (
  change: ChangeConnection,
): { readonly connection: InsurerConnection; readonly secret: string } => {
  if (change.kind === 'inbox') return { connection: change, secret: '' };
  const { secret, ...connection } = change;
  return { connection, secret };
};

const toChoiceView = (choice: ReadingRecord['choice']): ReadingView['choice'] =>
  choice === 'literal' ? { kind: 'literal' } : { kind: 'reading', reading: choice.reading, version: choice.version };

export const toReadingView = (reading: ReadingRecord): ReadingView => ({
  id: reading.id,
  ceiling: reading.ceiling,
  choice: toChoiceView(reading.choice),
  signedBy: reading.signedBy,
  signedAt: toInstant(reading.signedAt),
  ...(reading.revokedAt === undefined ? {} : { revokedAt: toInstant(reading.revokedAt) }),
});

/** Unknown counts as falling under it, as it does for decisions. */
const falls = (licence: Licence, { jurisdiction, appliesTo }: Ceiling): boolean =>
  [jurisdiction, 'unknown'].includes(licence.jurisdiction) &&
  (appliesTo.professions.length === 0 || [...appliesTo.professions, 'unknown'].includes(licence.profession));

export const toCeilingView = (
  ceiling: Ceiling,
  of: { readonly licences: readonly Licence[]; readonly choices: readonly ReadingChoice[] },
): CeilingView => {
  const chosen = of.choices.find((one) => one.ceiling === ceiling.id);
  const { id, version, jurisdiction, citation, textAsOf, verification, enabled } = ceiling;
  return {
    ...{ id, version, jurisdiction, citation, textAsOf, verification, enabled },
    concernsPractice: of.licences.some((one) => falls(one, ceiling)),
    fields: [...ceiling.fields],
    readings: ceiling.readings.map(({ fields, ...reading }) => ({
      ...{ id: reading.id, version: reading.version, format: reading.format, purpose: reading.purpose },
      fields: fields.map(({ field, argument }) => ({ field, argument })),
    })),
    ...(chosen === undefined ? {} : { chosen: toChoiceView(chosen.choice) }),
  };
};

export const toPracticeView = ({ id, name, timeZone }: PracticeRecord): PracticeView => ({ id, name, timeZone });

export const toClinicianView = (clinician: ClinicianRecord): ClinicianView => {
  const { id, firstName, lastName, credential, profession, jurisdiction, supervisor } = clinician;
  return {
    ...{ id, firstName, lastName, credential, profession, jurisdiction },
    ...(supervisor === undefined ? {} : { supervisor }),
  };
};

export const toApiKeyView = ({ id, label, roles, createdAt, expiresAt }: ApiKeyRecord): ApiKeyView => ({
  ...{ id, label, roles: [...roles] },
  createdAt: toInstant(createdAt),
  expiresAt: toInstant(expiresAt),
});

export const toPresetView = ({ id, version, label, purposes, grants, ...more }: Preset): PresetView => ({
  id,
  version,
  title: label,
  clientWords: more.clientWords,
  identification: more.identification,
  purposes: [...purposes],
  fields: expandGrants(grants).ids.map((field) => ({ field, clientWords: fieldOf(field).clientWords })),
});

export const toLedgerRowView = ({ height, index, at, entry }: LedgerRow): LedgerRowView => {
  const { codes, grounds, ...rest } = entry;
  return {
    height,
    index,
    at: toInstant(at),
    ...rest,
    ...(codes === undefined ? {} : { codes: [...codes] }),
    ...(grounds === undefined ? {} : { grounds: [...grounds] }),
  };
};

export const toVerificationView = (verification: VerifiedRange): LedgerVerificationView => {
  const { blocks, entries, checkpoints, head, of, next, broken } = verification;
  return {
    blocks,
    entries,
    checkpoints,
    head,
    of,
    ...(next === undefined ? {} : { next }),
    holds: broken === undefined,
    ...(broken === undefined ? {} : { broken }),
  };
};
