import { define } from '../field.js';

const practice = define('administrative', 0);
const identity = define('administrative', 1);
const own = { about: 'practice' } as const;
const payer = { about: 'payer' } as const;

/** Practice, clinician, client and coverage. */
export const ADMINISTRATIVE_FIELDS = {
  'practice.name': practice('text', ['Practice name', 'the name of the practice'], own),
  'practice.npi': practice('coded', ['Practice NPI', 'the practice’s provider number'], own),
  'practice.taxId': practice('coded', ['Practice tax id', 'the practice’s tax number'], own),
  'practice.address': practice('text', ['Practice address', 'the address of the practice'], own),
  'practice.phone': practice('text', ['Practice phone', 'the phone number of the practice'], own),
  'provider.name': practice('name', ['Clinician', 'your therapist’s name'], own),
  'provider.npi': practice('coded', ['Clinician NPI', 'your therapist’s provider number'], own),
  'provider.taxonomy': practice('coded', ['Clinician taxonomy', 'your therapist’s profession'], own),
  'provider.license': practice('coded', ['Clinician licence', 'your therapist’s licence'], own),
  'provider.registrationNumber': practice(
    'coded',
    ['Registration number', 'your therapist’s registration number'],
    own,
  ),
  'provider.supervisor.name': practice('name', ['Supervisor', 'the name of your therapist’s supervisor'], own),

  'client.inTreatment': identity('flag', ['In treatment', 'that you see a therapist at all'], {
    laws: ['MA 112 §129A', '42 CFR 2.13'],
  }),
  'client.name.first': identity('text', ['First name', 'your first name'], { longest: 35 }),
  'client.name.last': identity('text', ['Last name', 'your last name'], { longest: 60 }),
  'client.birthDate': identity('date', ['Birth date', 'your date of birth'], {
    generalisations: [
      { to: 'client.age', by: 'ageAtLastService' },
      { to: 'client.birthYear', by: 'yearOfDate' },
    ],
  }),
  'client.birthYear': identity('count', ['Birth year', 'the year of your birth']),
  'client.age': identity('count', ['Age', 'your age'], {
    generalisations: [{ to: 'client.ageBand', by: 'fiveYearBand' }],
  }),
  'client.ageBand': identity('text', ['Age band', 'your age within five years']),
  'client.sex': identity('coded', ['Sex', 'your sex as the insurer has it'], { values: ['F', 'M', 'U'] }),
  'client.address.line': identity('text', ['Street address', 'your street address'], { longest: 55 }),
  'client.address.city': identity('text', ['City', 'the city in which you live'], { longest: 30 }),
  'client.address.region': identity('coded', ['State', 'the state in which you live']),
  'client.address.postal': identity('coded', ['ZIP code', 'your ZIP code'], {
    generalisations: [{ to: 'client.address.postal3', by: 'firstThreeCharacters' }],
  }),
  'client.address.postal3': identity('coded', ['ZIP area', 'the first three digits of your ZIP code']),
  'client.phone': identity('text', ['Phone', 'your phone number']),
  'client.email': identity('text', ['E-mail', 'your e-mail address']),
  'client.educationStatus': identity('text', ['Educational status', 'your education']),
  'client.maritalStatus': identity('coded', ['Marital status', 'whether you are married']),
  'client.employer': identity('text', ['Employer', 'your employer']),
  'client.occupation': identity('text', ['Occupation', 'your work']),
  'client.relationshipToSubscriber': identity(
    'coded',
    ['Relationship to subscriber', 'how you are related to the policy holder'],
    {
      values: ['self', 'spouse', 'child', 'other'],
    },
  ),
  'client.recordNumber': identity('coded', ['Record number', 'your record number here']),
  'client.pseudonym': identity('text', ['Pseudonym', 'a name chosen instead of yours']),
  'client.guardian.name': identity('name', ['Guardian', 'your guardian’s name'], { about: 'thirdPerson' }),
  'client.guardian.authority': identity('text', ['Guardian’s authority', 'why your guardian may act for you'], {
    about: 'thirdPerson',
  }),

  'coverage.payer.name': practice('text', ['Payer', 'the name of your insurer'], payer),
  'coverage.payer.id': practice('coded', ['Payer id', 'your insurer’s number'], payer),
  'coverage.memberId': identity('coded', ['Member id', 'your member number at the insurer'], { longest: 80 }),
  'coverage.planName': identity('text', ['Plan', 'the name of your plan']),
  'coverage.groupNumber': identity('coded', ['Group number', 'the group number of your plan'], { longest: 50 }),
  'coverage.subscriber.name': identity('name', ['Subscriber', 'the policy holder’s name'], { about: 'thirdPerson' }),
  'coverage.subscriber.birthDate': identity('date', ['Subscriber’s birth date', 'the policy holder’s date of birth'], {
    about: 'thirdPerson',
  }),
  'coverage.subscriber.address': identity('text', ['Subscriber’s address', 'the policy holder’s address'], {
    about: 'thirdPerson',
  }),
  'coverage.authorizationNumber': identity('coded', ['Authorization number', 'the insurer’s approval number'], {
    longest: 50,
  }),
} as const;
