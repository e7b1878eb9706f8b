import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useId } from 'react';
import type { AccountingRow } from '#libs/contracts';
import { saveCsv } from '../../parts/save-file.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { ledgerWords } from './words.js';

export const useFieldsOf = () => {
  const words = useWords(ledgerWords);
  return ({ fields }: AccountingRow): string =>
    fields.map(({ label, form }) => (form === undefined ? label : `${label} (${words.inForm(form)})`)).join(', ');
};

interface ExportAccountingProps {
  readonly rows: readonly AccountingRow[];
  /** Nothing is left to be read. */
  readonly whole: boolean;
  readonly reading: boolean;
  readonly onRest: () => void;
}

/** The accounting as a file, which is all of it or none. */
export const ExportAccounting = ({ rows, whole, reading, onRest }: ExportAccountingProps) => {
  const words = useWords(ledgerWords);
  const { format: formats, purpose: purposes } = useWords(documentWords);
  const fieldsOf = useFieldsOf();
  const reason = useId();
  const save = (): void =>
    saveCsv('accounting.csv', [
      [words.sentAt, words.recipient, words.purpose, words.format, words.fields],
      ...rows.map((row) => [row.sentAt, row.recipient.name, purposes[row.purpose], formats[row.format], fieldsOf(row)]),
    ]);
  return (
    <Group>
      <Button
        size="xs"
        variant="default"
        disabled={!whole}
        {...(whole ? {} : { 'aria-describedby': reason })}
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={save}
      >
        {words.exportAccounting}
      </Button>
      {whole ? null : (
        <>
          <Text size="sm" id={reason}>
            {words.exportPartly(rows.length)}
          </Text>
          <Button size="xs" variant="subtle" loading={reading} onClick={onRest}>
            {words.readRest}
          </Button>
        </>
      )}
    </Group>
  );
};
