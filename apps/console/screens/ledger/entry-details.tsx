import { Anchor, Code, Drawer, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LedgerRowView } from '#libs/contracts';
import { FactList } from '../../parts/fact-list.js';
import { instant } from '../../parts/format.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { ledgerWords } from './words.js';

interface EntryDetailsProps {
  readonly row: LedgerRowView;
  readonly insurerOf: (id: string) => string;
  readonly actorOf: (actor: string) => string;
  readonly onClose: () => void;
}

const codeRow = (name: string, value: string | number | undefined): readonly (readonly [string, ReactNode])[] =>
  value === undefined ? [] : [[name, <Code key={name}>{value}</Code>]];

/** Everything that one entry says. */
export const EntryDetails = ({ row, insurerOf, actorOf, onClose }: EntryDetailsProps) => {
  const words = useWords(ledgerWords);
  const notes = useWords(common);
  const { disclosure, insurer } = row;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={words.details}
      closeButtonProps={{ 'aria-label': notes.close }}
    >
      <Stack>
        <FactList
          rows={[
            [words.kind, row.kind],
            [words.at, instant(row.at)],
            [words.block, `${row.height} · ${row.index}`],
            [words.actor, actorOf(row.actor)],
            ...(insurer === undefined ? [] : [[words.insurer, insurerOf(insurer)] as const]),
            ...codeRow(words.client, row.client),
            ...codeRow(words.disclosure, disclosure),
            ...codeRow(words.subject, row.subject),
            ...codeRow(words.codes, row.codes?.join(', ')),
            ...codeRow(words.grounds, row.grounds?.join(', ')),
            ...codeRow(words.epoch, row.epoch),
            ...codeRow(words.contentDigest, row.contentDigest),
            ...codeRow(words.rulesetDigest, row.rulesetDigest),
          ]}
        />
        {disclosure === undefined ? null : (
          <Anchor renderRoot={(props) => <Link to="/ledger" search={{ disclosure }} {...props} />} onClick={onClose}>
            {words.openDisclosure}
          </Anchor>
        )}
      </Stack>
    </Drawer>
  );
};
