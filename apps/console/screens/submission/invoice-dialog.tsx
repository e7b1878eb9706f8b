import { Fieldset, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import type { AskFailure } from '../../ask/ask.js';
import { DialogEnd } from '../../parts/dialog-end.js';
import { money } from '../../parts/format.js';
import { Theirs } from '../../parts/theirs.js';
import type { Amending } from '../../parts/use-amending.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { fromFields, type Invoice, type InvoiceFields, toFields, totalOf } from './invoice-form.js';
import classes from './submission.module.css';
import { submissionWords } from './words.js';

interface InvoiceDialogProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly invoice: Invoice;
  readonly confirm: string;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  readonly onSave: (invoice: Invoice) => void;
  readonly onClose: () => void;
  readonly amending: Amending;
  /** Tries it out before it is saved. */
  readonly trial?: (read: () => Invoice | undefined, typed: Invoice) => ReactNode;
}

/** Puts an invoice right: numbers, dates, codes and charges of what is there. What was typed stays when it is refused. */
export const InvoiceDialog = ({ invoice, ...props }: InvoiceDialogProps) => {
  const { invoice: words } = useWords(submissionWords);
  const { close } = useWords(common);
  const needed = (value: string | number): string | null => (String(value).trim() === '' ? words.required : null);
  const form = useForm<InvoiceFields>({
    initialValues: toFields(invoice),
    validate: {
      ...{ number: needed, issuedOn: needed, placeOfService: needed },
      diagnoses: { code: needed },
      lines: { date: needed, procedure: needed, units: needed, charge: needed },
    },
  });
  const typed = fromFields(invoice, form.values);
  const { amending, failure } = props;
  const overtaken = failure?.code === 'precondition_failed';
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': close }}
    >
      <form onSubmit={form.onSubmit((fields) => props.onSave(fromFields(invoice, fields)))} noValidate>
        <Stack>
          <Text size="sm">{props.about}</Text>
          <div className={classes.line}>
            <TextInput label={words.number} required maxLength={50} {...form.getInputProps('number')} />
            <TextInput label={words.issuedOn} required type="date" {...form.getInputProps('issuedOn')} />
            <TextInput label={words.place} required maxLength={2} {...form.getInputProps('placeOfService')} />
            <TextInput label={words.authorization} maxLength={50} {...form.getInputProps('authorizationNumber')} />
          </div>
          <Fieldset legend={words.diagnoses}>
            <div className={classes.line}>
              {form.values.diagnoses.map((_diagnosis, index) => (
                <TextInput
                  key={index}
                  label={words.diagnosis(index)}
                  required
                  maxLength={10}
                  {...form.getInputProps(`diagnoses.${index}.code`)}
                />
              ))}
            </div>
          </Fieldset>
          {form.values.lines.map((_line, index) => (
            <Fieldset key={index} legend={words.line(index)}>
              <div className={classes.line}>
                <TextInput label={words.date} required type="date" {...form.getInputProps(`lines.${index}.date`)} />
                <TextInput
                  label={words.procedure}
                  required
                  maxLength={10}
                  {...form.getInputProps(`lines.${index}.procedure`)}
                />
                <TextInput label={words.modifiers} {...form.getInputProps(`lines.${index}.modifiers`)} />
                <NumberInput
                  label={words.units}
                  required
                  min={1}
                  max={999}
                  allowDecimal={false}
                  {...form.getInputProps(`lines.${index}.units`)}
                />
                <NumberInput
                  label={words.charge}
                  required
                  min={0}
                  decimalScale={2}
                  fixedDecimalScale
                  {...form.getInputProps(`lines.${index}.charge`)}
                />
              </div>
            </Fieldset>
          ))}
          <Text size="sm" ta="end" fw={600}>
            {words.total} {money(totalOf(form.values), invoice.currency)}
          </Text>
          {props.trial?.(() => (form.validate().hasErrors ? undefined : fromFields(invoice, form.getValues())), typed)}
          <Theirs
            theirs={amending.theirs}
            yours={{ kind: 'invoice', invoice: typed }}
            refused={overtaken}
            onShow={amending.onShowTheirs}
          />
          <DialogEnd
            confirm={props.confirm}
            busy={props.busy}
            failure={overtaken ? null : failure}
            onClose={props.onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
};
