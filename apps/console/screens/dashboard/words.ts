import type { words as wire } from '#libs/contracts';
import { catalogue } from '../../words/language.js';

type Curer = (typeof wire.CURERS)[number];

const curers: Readonly<Record<Curer, string>> = {
  client: 'Client',
  chart: 'Chart',
  office: 'Office',
  practice: 'Practice',
  nobody: 'Nobody',
};

export const dashboardWords = catalogue({
  en: {
    title: 'Dashboard',
    about:
      'What left, what waits and for whom, and how insurers answer. All of it counts what was submitted in the period.',
    period: 'Period',
    periods: { week: 'Last 7 days', month: 'Last 30 days', quarter: 'Last 90 days', year: 'Last year' },
    empty: 'Nothing came in in this period',
    emptyAbout:
      'Submit an invoice or a treatment report, or choose a longer period. What was sent, held and answered is then counted here.',
    figures: 'Figures of the period',
    accepted: 'Came in',
    sent: 'Sent',
    held: 'Held',
    heldNote: 'wait for somebody now',
    blocked: 'Blocked',
    blockedNote: 'nobody can cure them',
    parked: 'Parked',
    firstPass: 'Accepted at first',
    firstPassNote: (accepted: number, answered: number) => `${accepted} of ${answered} answered`,
    noAnswers: 'nothing answered yet',
    latency: 'Answer after',
    latencyNote: (p90: string) => `median; nine in ten within ${p90}`,
    expiring: 'Releases expiring',
    expiringNote: 'within 30 days',
    days: 'Day by day',
    weeks: 'Week by week',
    on: 'Day',
    week: 'Week from',
    answered: 'Answered',
    series: 'What came in, went, was held and was answered',
    noSeries: 'Nothing happened in this period.',
    heldBy: 'Held or blocked, by who can cure it',
    heldByAbout:
      'Client: an amendment of the release. Chart: the clinician. Office: an id or number. Practice: a reading or policy.',
    curer: 'Who can cure it',
    count: 'Documents',
    curers,
    noHeld: 'Nothing is held.',
    withheld: 'Share of fields withheld, by insurer',
    withheldAbout: (some: number, all: number) =>
      `Of the fields that documents had, how many stayed here. Over ${some === all ? `all ${all}` : `the newest ${some} of ${all}`} documents.`,
    insurer: 'Insurer',
    share: 'Withheld',
    noWithheld: 'Nothing was withheld from anybody.',
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    dayCount: (count: number) => `${count} d`,
  },
});
