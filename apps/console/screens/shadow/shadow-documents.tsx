import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ShadowReport } from '#libs/contracts';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Section } from '../../parts/section.js';
import { StateBadge } from '../../parts/state-badge.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { shadowWords } from './words.js';

type Row = ShadowReport['documents'][number];

const OUTCOMES = ['goes', 'held', 'blocked', 'refused'] as const;
const TONES = { goes: 'good', held: 'look', blocked: 'bad', refused: 'bad' } as const;

/** Why it would not go: the sentences of its gaps, or what is wrong with it. */
export const whyOf = ({ gaps, issues }: Row): string =>
  [
    ...new Set([
      ...gaps.map(({ sentence }) => sentence),
      ...issues.map(({ code, path, fix }) => `${fix ?? code}${path === '' ? '' : ` (${path})`}`),
    ]),
  ].join(' · ');

/** Each invoice by its place in what was given; nothing of what stands in it. */
export const ShadowDocuments = ({ report }: { readonly report: ShadowReport }) => {
  const words = useWords(shadowWords);
  const { format: formats } = useWords(documentWords);
  const [shown, setShown] = useState<'all' | (typeof OUTCOMES)[number]>('all');
  const rows = shown === 'all' ? report.documents : report.documents.filter(({ outcome }) => outcome === shown);
  const nameOf = (id: string | undefined): string => report.byInsurer.find(({ insurer }) => insurer === id)?.name ?? '';
  const columns: readonly Column<Row>[] = [
    { id: 'number', header: words.number, width: '6rem', align: 'end', cell: ({ index }) => index + 1 },
    {
      ...{ id: 'outcome', header: words.outcome, width: '10rem' },
      cell: ({ outcome }) => <StateBadge tone={TONES[outcome]}>{words.outcomes[outcome]}</StateBadge>,
    },
    { id: 'insurer', header: words.insurer, width: '12rem', cell: ({ insurer }) => nameOf(insurer) },
    {
      id: 'format',
      header: words.format,
      width: '10rem',
      cell: ({ format }) => (format === undefined ? '' : formats[format]),
    },
    {
      ...{ id: 'fields', header: words.fields, width: '13rem', align: 'end' },
      cell: ({ fields }) => `${fields.goes} / ${fields.changed} / ${fields.withheld}`,
    },
    { id: 'why', header: words.why, width: '4fr', cell: (row) => <span title={whyOf(row)}>{whyOf(row)}</span> },
  ];
  return (
    <Section
      title={words.each}
      actions={
        <NativeSelect
          aria-label={words.outcome}
          size="xs"
          value={shown}
          onChange={(event) => setShown(OUTCOMES.find((one) => one === event.currentTarget.value) ?? 'all')}
          data={[
            { value: 'all', label: words.all },
            ...OUTCOMES.map((one) => ({ value: one, label: words.outcomes[one] })),
          ]}
        />
      }
    >
      <DataTable
        label={words.each}
        rows={rows}
        columns={columns}
        idOf={({ index }) => String(index)}
        height={Math.min(480, 60 + rows.length * 44)}
      />
    </Section>
  );
};
