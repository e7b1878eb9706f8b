import type { PresetView, ReleaseView } from '#libs/contracts';
import { CATEGORIES } from './categories.js';
import { catalogue } from './language.js';

type Terms = ReleaseView['terms'];

/** A group that is new has no word yet. */
const category: Readonly<Record<string, string>> = CATEGORIES;

/** What releases, recipients and groups of fields are called on every screen. */
export const releaseWords = catalogue({
  en: {
    status: {
      draft: 'Draft',
      'not-yet-valid': 'Not yet valid',
      'in-force': 'In force',
      expired: 'Expired',
      revoked: 'Revoked',
      superseded: 'Superseded',
      'known-false': 'Known to be false',
    } satisfies Record<ReleaseView['status'], string>,
    next: {
      draft: 'Have it signed: on this screen, by a link, or on paper.',
      'not-yet-valid': 'Nothing goes under it before its first day.',
      'in-force': 'Disclosures within it go by themselves.',
      expired: 'Renew it, or what needs it is held.',
      revoked: 'Nothing more goes under it.',
      superseded: 'A newer release stands in its place, for good.',
      'known-false': 'Nothing goes under it. Have a new one signed.',
    } satisfies Record<ReleaseView['status'], string>,
    class: {
      insurer: 'insurers',
      physician: 'physicians',
      naturopath: 'naturopaths',
      lawyer: 'lawyers',
      agency: 'agencies',
      client: 'the client',
    },
    purpose: {
      HPAYMT: 'Claims',
      COVAUTH: 'Authorization of sessions',
      CLMATTCH: 'Attachments',
      TREAT: 'Treatment by others',
      HLEGAL: 'Legal matters',
      PATRQT: 'The client’s own request',
    } satisfies Record<Terms['purposes'][number], string>,
    category,
    statement: {
      revocation: 'It may be taken back at any time',
      conditioning: 'Treatment does not depend on it',
      redisclosure: 'Whoever receives it may pass it on',
      part2: 'Records of substance use (42 CFR part 2)',
      inspection: 'The client may look at what is told',
    } satisfies Record<Terms['statements'][number], string>,
    preset: (preset: PresetView) => preset.title,
    validUntil: (date: string, days: number) =>
      days < 0
        ? `Ended ${date}`
        : days === 0
          ? `Ends today, ${date}`
          : days === 1
            ? `Ends tomorrow, ${date}`
            : `Ends ${date}, in ${days} days`,
    noEnd: 'No last day',
    openRelease: (revision: number) => `Release v${revision}`,
    openDraft: 'Draft',
  },
});
