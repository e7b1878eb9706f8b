import { type FormatDefinition, formatFields } from '../format.js';

const meaning = { changesMeaning: true } as const;
/** Without all of it the next payer takes itself for the first one. */
const after = { when: 'after-another-payer', changesMeaning: true } as const;
const dependentThere = { when: 'dependent-of-other-subscriber', changesMeaning: true } as const;

/** 005010X222A1, the minimum set of a conforming professional claim and the few situational parts a psychotherapy claim uses. */
export const X12_837P: FormatDefinition = {
  id: 'x12-837p',
  version: '005010X222A1',
  purposes: ['HPAYMT'],
  excludedLine: 'hold',
  carriesEnclosures: false,
  mostLines: 50,
  mostDiagnoses: 12,
  oneOf: [],
  fields: formatFields([
    ['client.name.last', 'required', '2010BA/NM103'],
    ['client.name.first', 'required', '2010BA/NM104'],
    ['client.birthDate', 'required', '2010BA/DMG02'],
    ['client.sex', 'required', '2010BA/DMG03'],
    ['client.address.line', 'required', '2010BA/N301'],
    ['client.address.city', 'required', '2010BA/N401'],
    ['client.address.region', 'required', '2010BA/N402'],
    ['client.address.postal', 'required', '2010BA/N403'],
    ['client.relationshipToSubscriber', 'required', '2000B/SBR02'],
    ['coverage.memberId', 'required', '2010BA/NM109'],
    ['coverage.subscriber.name', 'required', '2010BA/NM103', { when: 'patient-is-dependent' }],
    ['coverage.groupNumber', 'situational', '2000B/SBR03'],
    ['coverage.authorizationNumber', 'situational', '2300/REF02', meaning],
    ['coverage.other.relationship', 'required', '2320/SBR02', after],
    ['coverage.other.planKind', 'required', '2320/SBR09', after],
    ['coverage.other.adjustments', 'situational', '2320/CAS02', meaning],
    ['coverage.other.paid', 'required', '2320/AMT02', after],
    ['coverage.other.subscriber', 'required', '2330A/NM103', dependentThere],
    ['coverage.other.memberId', 'required', '2330A/NM109', after],
    ['coverage.other.payer', 'required', '2330B/NM103', after],
    ['coverage.other.payerId', 'required', '2330B/NM109', after],
    ['coverage.other.claimNumber', 'situational', '2330B/REF02'],
    ['claim.placeOfService', 'required', '2300/CLM05-1'],
    ['claim.relatedCause', 'situational', '2300/CLM11', meaning],
    ['fee.total', 'required', '2300/CLM02'],
    ['fee.paid', 'situational', '2300/AMT02', meaning],
    ['diagnosis.primary', 'required', '2300/HI01-2'],
    ['diagnosis.secondary', 'situational', '2300/HI02-2'],
    ['session.date', 'required', '2400/DTP03'],
    ['procedure.code', 'required', '2400/SV101-2'],
    ['procedure.modifiers', 'situational', '2400/SV101-3', meaning],
    ['procedure.units', 'required', '2400/SV104'],
    ['fee.charge', 'required', '2400/SV102'],
    ['diagnosis.pointer', 'required', '2400/SV107'],
    ['coverage.other.linePaid', 'required', '2430/SVD02', after],
    ['coverage.other.lineAdjustments', 'situational', '2430/CAS02', meaning],
    ['coverage.other.adjudicatedOn', 'required', '2430/DTP03', after],
    ['claim.note', 'optional', '2300/NTE02'],
    ['claim.attachment', 'optional', '2300/PWK06'],
  ]),
};
