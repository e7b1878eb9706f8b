import { CATEGORIES } from '../words/categories.js';
import { catalogue } from '../words/language.js';
import type { RowState } from './row-state.js';

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const listed = (labels: readonly string[]): string => labels.join(', ');

export const disclosureWords = catalogue({
  en: {
    label: 'Every field of it, by section',
    field: 'Field',
    source: 'In the chart',
    outgoing: 'Goes out as',
    why: 'Why',
    state: {
      goes: 'Goes',
      changed: 'Changed',
      'not-in-release': 'Withheld: not in release',
      law: 'Withheld: law',
      restricted: 'Withheld: restriction',
      'not-needed': 'Withheld: not needed',
      'not-writable': 'Cannot be written',
      blocked: 'Blocked',
      missing: 'Missing in chart',
    } satisfies Record<RowState, string>,
    sent: 'Sent',
    section: {
      ...CATEGORIES,
      gaps: 'Required and not there',
      other: 'Other',
    },
    counts: (counts: { goes: number; changed: number; withheld: number; gaps: number }, went: boolean) =>
      [
        `${counts.goes} ${went ? 'sent' : counts.goes === 1 ? 'goes' : 'go'}`,
        `${counts.changed} changed`,
        `${counts.withheld} withheld`,
        plural(counts.gaps, 'gap'),
      ].join(', '),
    outcome: {
      send: 'Nothing stands in its way',
      hold: 'Held: nothing leaves until the gaps are closed',
      deny: 'It may not go',
    },
    differences: 'Only differences',
    noDifferences: 'Everything in it goes as it stands in the chart.',
    nothing: 'Nothing in this document is asked for by the insurer or present in the chart.',
    masked: 'Hidden',
    empty: 'Nothing',
    notSent: 'Does not go',
    marker: 'Marked “withheld by client authorization”',
    reveal: 'Reveal values (the ledger records that you looked)',
    hide: 'Hide values again',
    revealed: 'Values are shown, and the ledger has recorded it. What is still hidden is not for your role.',
    line: (occurrence: string) => occurrence.replace(/^L(?=\d+$)/, 'Line ').replace(/^D(?=\d+$)/, 'Diagnosis '),
    place: {
      release: (name: string) => `release v${name}`,
      ceiling: () => 'law',
      reading: () => 'reading',
      format: () => 'form rule',
    },
    gaps: (count: number) => plural(count, 'gap'),
    gapAt: (position: string) => `Place in the format: ${position}`,
    lines: (count: number) => `at ${plural(count, 'place')}`,
    cures: (curer: string) => `Can be cured by: ${curer}`,
    cured: 'Cannot be cured: the law or a restriction stands',
    choices: 'What you can do',
    enclosures: 'Travels along',
    releases: 'Rests on',
    release: (revision: number) => `Release v${revision}`,
    warnings: 'Worth a look',
    ofLines: (lines: readonly number[], text: string) =>
      `${lines.length === 1 ? 'Line' : 'Lines'} ${listed(lines.map(String))}: ${text}`,
    print: 'Print',
    phone: {
      button: 'Text for the phone',
      title: 'To read out on the phone',
      about:
        'It names what went and what the insurer’s own form requires. It holds no value, and nothing that was kept back.',
      copy: 'Copy',
      copied: 'Copied',
      opening: (insurer: string, document: string, reference: string | undefined) =>
        `I am calling ${insurer} about a ${document}${reference === undefined ? '' : `, our reference ${reference}`}.`,
      went: (labels: readonly string[]) => `We have sent you: ${listed(labels)}.`,
      changed: (labels: readonly string[]) =>
        `In the form that the law and the client allow, we have sent you: ${listed(labels)}.`,
      asked: 'Your form also requires the following:',
      law: 'The law does not let us give it.',
      release: 'The client’s written release does not cover it.',
      completing: 'We are completing it.',
      noMore: 'The client’s written release does not let me say more on the phone.',
    },
  },
});

/** Whether a category of the catalogue has a name of its own here. */
export const isSectionName = (name: string): name is keyof (typeof disclosureWords)['en']['section'] =>
  Object.hasOwn(disclosureWords.en.section, name);
