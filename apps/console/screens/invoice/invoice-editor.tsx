import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import type { Accepted, Amended } from '#libs/contracts';
import { ask } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import { Beside } from '../../parts/beside.js';
import { Elsewhere } from '../../parts/elsewhere.js';
import { usePlaces } from '../../parts/places.js';
import { SubmitDocument } from '../../parts/submit-document.js';
import { Theirs } from '../../parts/theirs.js';
import { Unsaved } from '../../parts/unsaved.js';
import type { Amending } from '../../parts/use-amending.js';
import { usePreview } from '../../parts/use-preview.js';
import { fieldWords } from '../../words/fields.js';
import { useWords } from '../../words/language.js';
import { bodyOf, type InvoiceBody, type InvoiceDraft, isWritten, missingIn, unreadable } from './invoice-draft.js';
import { InvoiceForm } from './invoice-form.js';
import { useInvoice } from './use-invoice.js';
import { invoiceWords } from './words.js';

interface InvoiceEditorProps {
  readonly initial: InvoiceDraft;
  readonly amending?: Amending;
  readonly onSubmitted: (accepted: Accepted) => void;
  readonly onAmended: (amended: Amended) => void;
}

const useMissing = (draft: InvoiceDraft): readonly string[] => {
  const { missing } = useWords(invoiceWords);
  return missingIn(draft).map((one) => (typeof one === 'number' ? missing.line(one) : missing[one]));
};

const withoutFormat = ({ format: _format, ...invoice }: InvoiceBody): Omit<InvoiceBody, 'format'> => invoice;

const SHOWN =
  /^\/(?:client|coverage|clinician|number|issuedOn|placeOfService|format|currency|lines(?:\/.*)?|diagnoses\/\d+\/code|paidByClient|relatedCause|authorizationNumber|note)$/;

/** The form, the decision beside it, and the way out. */
export const InvoiceEditor = ({ initial, amending, ...on }: InvoiceEditorProps) => {
  const words = useWords(invoiceWords);
  const { codes } = useWords(fieldWords);
  const [first] = useState(initial);
  const kept = useRef(false);
  const { draft, change, actions, removeDiagnosis } = useInvoice(first);
  const [confirming, confirm] = useDisclosure(false);
  const missing = useMissing(draft);
  const ready = missing.length === 0 && unreadable(draft).length === 0;
  const body = useMemo(() => (ready ? bodyOf(draft) : undefined), [draft, ready]);
  const amends = amending === undefined ? {} : { query: { amends: amending.document } };
  const { preview, failure, stale, again } = usePreview(
    'invoice',
    body === undefined ? undefined : { body, ...amends },
    (asked, signal) => ask('POST /v1/invoices/preview', { ...asked, signal }),
  );
  const submit = useDo('POST /v1/invoices', {
    then: (accepted) => {
      kept.current = true;
      on.onSubmitted(accepted);
    },
  });
  const amend = useDo('PUT /v1/documents/{id}', {
    then: (amended) => {
      kept.current = true;
      on.onAmended(amended);
    },
  });
  const done = amending === undefined ? submit : amend;
  const refused = usePlaces(done.error?.issues ?? [], '/content/invoice');
  const found = usePlaces(failure?.issues ?? []);
  const typed = Object.fromEntries(unreadable(draft).map((place) => [place, codes['not_money'] ?? '']));
  const places = { ...refused, ...found, ...typed };
  const send = (): void => {
    if (body === undefined) return;
    if (amending === undefined) submit.mutate({ body });
    else
      amend.mutate({
        params: { id: amending.document },
        ifMatch: amending.tag,
        body: { content: { kind: 'invoice', invoice: withoutFormat(body) } },
      });
  };
  const edit = (part: Partial<InvoiceDraft>): void => {
    if (done.isError && done.error.status !== 0 && done.error.status < 500) done.reset();
    change(part);
  };
  return (
    <Beside preview={preview} failure={failure} stale={stale} missing={missing} onRetry={again}>
      <Stack gap="lg">
        <Unsaved when={() => !kept.current && isWritten(draft, first)} />
        {amending === undefined ? null : (
          <Theirs
            theirs={amending.theirs}
            yours={{ kind: 'invoice', invoice: body === undefined ? undefined : withoutFormat(body) }}
            refused={done.error?.code === 'precondition_failed'}
            onShow={amending.onShowTheirs}
          />
        )}
        <InvoiceForm {...{ draft, actions, removeDiagnosis, places }} change={edit} amending={amending !== undefined} />
        <Elsewhere places={places} shown={SHOWN} />
        <Group>
          <Button disabled={preview === undefined || stale || failure !== undefined} onClick={confirm.open}>
            {amending === undefined ? words.send : words.save}
          </Button>
        </Group>
      </Stack>
      {preview === undefined ? null : (
        <SubmitDocument
          opened={confirming}
          onClose={confirm.close}
          preview={preview}
          amending={amending !== undefined}
          busy={done.isPending}
          failure={done.error?.code === 'precondition_failed' ? null : done.error}
          onConfirm={send}
        />
      )}
    </Beside>
  );
};
