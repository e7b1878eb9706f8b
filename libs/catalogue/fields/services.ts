import { define } from '../field.js';

const service = define('session', 2);
const fees = define('fees', 2);
const procedure = define('procedure', 2);
const diagnosis = define('diagnosis', 3);
const detail = define('diagnosis', 4);
const line = { scope: 'line' } as const;

/** What was done, when, and what it costs. */
export const SERVICE_FIELDS = {
  'invoice.number': service('coded', ['Invoice number', 'the number of the invoice'], { about: 'envelope' }),
  'invoice.issuedOn': service('date', ['Invoice date', 'the date of the invoice'], { about: 'envelope' }),
  'claim.frequency': service('coded', ['Claim frequency', 'whether the claim is new'], {
    about: 'envelope',
    values: ['1', '7', '8'],
  }),
  'claim.placeOfService': service('coded', ['Place of service', 'where you met your therapist']),
  'claim.relatedCause': service('coded', ['Related cause', 'that an accident or your work was a cause'], {
    ofAllLines: true,
  }),
  'claim.note': define('clinical', 4)('text', ['Claim note', 'a note on the claim'], { longest: 80, ofAllLines: true }),
  'claim.attachment': define('clinical', 4)('file', ['Claim attachment', 'papers sent with the claim']),

  'session.date': service('date', ['Session date', 'the dates of your sessions'], line),
  'session.startTime': service('text', ['Start time', 'when a session began'], line),
  'session.endTime': service('text', ['End time', 'when a session ended'], line),
  'session.durationMin': service('count', ['Minutes', 'how long a session lasted'], line),
  'session.count': service('count', ['Number of sessions', 'how many sessions you had'], {
    aggregate: { of: 'session.date', by: 'count' },
  }),
  'session.location': service('text', ['Location', 'where a session was held'], line),
  'session.character': service(
    'coded',
    ['Character of session', 'whether you came alone, as a couple, a family or a group'],
    {
      scope: 'line',
      values: ['individual', 'group', 'couple', 'family'],
    },
  ),
  'session.format': service('coded', ['Session format', 'whether you met in person, by video or by phone'], {
    scope: 'line',
    values: ['in-person', 'video', 'phone'],
  }),
  'session.attendance': service('coded', ['Attendance', 'whether you came'], line),
  'session.participants': define('session', 4)('list', ['Participants', 'who else was there'], {
    scope: 'line',
    about: 'thirdPerson',
    laws: ['CT 52-146p', 'MA 112 §172(d)'],
  }),
  'session.purposeBrief': define('session', 3)('text', ['Purpose of session', 'one line on what a session was for'], {
    scope: 'line',
    longest: 80,
  }),

  'fee.charge': fees('money', ['Fee', 'the fee of each session'], line),
  'fee.total': fees('money', ['Total', 'the sum of the fees'], { aggregate: { of: 'fee.charge', by: 'sum' } }),
  'fee.paid': fees('money', ['Paid by client', 'what you have paid'], { ofAllLines: true }),
  'fee.balance': fees('money', ['Balance', 'what is still owed'], { ofAllLines: true }),
  'fee.tax': fees('money', ['Tax', 'the tax on the fees'], { ofAllLines: true }),
  'fee.currency': fees('coded', ['Currency', 'the currency of the fees'], { about: 'envelope' }),
  'fee.paidInFullBySelf': fees('flag', ['Paid in full by client', 'that you paid in full yourself'], {
    scope: 'line',
    laws: ['45 CFR 164.522(a)(1)(vi)'],
  }),

  'procedure.code': procedure('coded', ['Procedure code', 'the code of the kind of session'], line),
  'procedure.modifiers': procedure('list', ['Procedure modifiers', 'additions to that code, such as video'], line),
  'procedure.units': procedure('count', ['Units', 'how many units a session counts'], line),
  'procedure.description': define('procedure', 3)('text', ['Procedure in words', 'the kind of session in words'], line),
  'procedure.addOn': define('procedure', 3)(
    'coded',
    ['Add-on service', 'that a session was a crisis or needed something more'],
    line,
  ),

  'diagnosis.primary': diagnosis('coded', ['Primary diagnosis', 'your main diagnosis'], { scope: 'diagnosis' }),
  'diagnosis.secondary': diagnosis('coded', ['Further diagnoses', 'your other diagnoses'], { scope: 'diagnosis' }),
  'diagnosis.pointer': diagnosis('list', ['Diagnosis per session', 'which diagnosis a session was for'], line),
  'diagnosis.text': diagnosis('text', ['Diagnosis in words', 'your diagnosis in words'], { scope: 'diagnosis' }),
  'diagnosis.specifier': detail('text', ['Specifier', 'details of your diagnosis'], { scope: 'diagnosis' }),
  'diagnosis.onsetDate': diagnosis('date', ['Date of onset', 'when it began']),
  'diagnosis.rationale': detail('text', ['Rationale', 'why this diagnosis was given']),
  'diagnosis.differential': detail('text', ['Differential diagnosis', 'what else was considered']),
  'diagnosis.medical': diagnosis('coded', ['Medical conditions', 'your medical conditions'], { scope: 'diagnosis' }),
} as const;
