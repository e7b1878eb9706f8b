import { Accordion, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useCallback } from 'react';
import { Diagnoses } from '../../parts/diagnoses.js';
import { PartiesFields } from '../../parts/parties.js';
import { errorAt, type Places, placesBelow } from '../../parts/places.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import type { InvoiceDraft } from './invoice-draft.js';
import { InvoiceLines, type LineActions } from './invoice-lines.js';
import { PlaceOfService } from './place-of-service.js';
import { invoiceWords } from './words.js';

interface InvoiceFormProps {
  readonly draft: InvoiceDraft;
  readonly change: (part: Partial<InvoiceDraft>) => void;
  readonly actions: LineActions;
  readonly removeDiagnosis: (index: number) => void;
  readonly places: Places;
  readonly amending: boolean;
}

const FORMATS = ['x12-837p', 'statement', 'receipt'] as const;

const More = ({ draft, change, places }: Pick<InvoiceFormProps, 'draft' | 'change' | 'places'>) => {
  const words = useWords(invoiceWords);
  const field = (name: 'authorizationNumber' | 'paidByClient' | 'relatedCause' | 'note') => ({
    value: draft[name],
    autoComplete: 'off',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
    ...errorAt(places, `/${name}`),
  });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput label={words.authorization} maxLength={50} {...field('authorizationNumber')} />
      <TextInput label={words.paidByClient} inputMode="decimal" maxLength={14} {...field('paidByClient')} />
      <TextInput label={words.relatedCause} maxLength={4} {...field('relatedCause')} />
      <TextInput label={words.note} description={words.noteHint} maxLength={80} {...field('note')} />
    </SimpleGrid>
  );
};

export const InvoiceForm = ({ draft, change, actions, removeDiagnosis, places, amending }: InvoiceFormProps) => {
  const words = useWords(invoiceWords);
  const { format: formats } = useWords(documentWords);
  const changeCodes = useCallback((diagnoses: readonly string[]) => change({ diagnoses }), [change]);
  return (
    <Stack gap="lg">
      <PartiesFields value={draft} onChange={change} places={places} fixedClient={amending} />
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }}>
        <TextInput
          label={words.number}
          required
          maxLength={50}
          autoComplete="off"
          value={draft.number}
          onChange={(event) => change({ number: event.currentTarget.value })}
          {...errorAt(places, '/number')}
        />
        <TextInput
          label={words.issuedOn}
          type="date"
          required
          value={draft.issuedOn}
          onChange={(event) => change({ issuedOn: event.currentTarget.value })}
          {...errorAt(places, '/issuedOn')}
        />
        <PlaceOfService
          code={draft.placeOfService}
          onChange={(placeOfService) => change({ placeOfService })}
          places={places}
        />
        {amending ? null : (
          <NativeSelect
            label={words.format}
            data={[{ value: '', label: words.usual }, ...FORMATS.map((value) => ({ value, label: formats[value] }))]}
            value={draft.format}
            onChange={(event) => change({ format: event.currentTarget.value as InvoiceDraft['format'] })}
            {...errorAt(places, '/format')}
          />
        )}
        <NativeSelect
          label={words.currency}
          data={['USD', 'CAD']}
          value={draft.currency}
          onChange={(event) => change({ currency: event.currentTarget.value === 'CAD' ? 'CAD' : 'USD' })}
          {...errorAt(places, '/currency')}
        />
      </SimpleGrid>
      <Diagnoses
        codes={draft.diagnoses}
        onChange={changeCodes}
        onRemove={removeDiagnosis}
        places={placesBelow(places, '/diagnoses')}
      />
      <InvoiceLines lines={draft.lines} places={places} actions={actions} currency={draft.currency} />
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="more">
          <Accordion.Control>{words.more}</Accordion.Control>
          <Accordion.Panel>
            <More draft={draft} change={change} places={places} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      {draft.priorPayer === undefined ? null : <Text size="sm">{words.priorPayer}</Text>}
    </Stack>
  );
};
