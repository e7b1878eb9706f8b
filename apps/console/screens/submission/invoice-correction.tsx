import { Modal } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { DisclosureDetail } from '#libs/contracts';
import type { AskFailure } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import { Loaded } from '../../parts/loaded.js';
import { useAmending } from '../../parts/use-amending.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { CorrectionTrial, type TriedRoute } from './correction-trial.js';
import { InvoiceDialog } from './invoice-dialog.js';
import type { Invoice } from './invoice-form.js';
import { quotedNumbers } from './quoted-numbers.js';
import { submissionWords } from './words.js';

type Kind = 'amend' | 'replace' | 'resubmit';

/** What is amended in its place is decided on by itself; a correction of the claim is tried out first. */
const TRIED: Readonly<Record<Kind, TriedRoute | undefined>> = {
  amend: undefined,
  replace: 'POST /v1/disclosures/{id}/replacement',
  resubmit: 'POST /v1/disclosures/{id}/resubmission',
};

interface InvoiceCorrectionProps {
  readonly kind: Kind;
  readonly detail: DisclosureDetail;
  readonly under: string;
  readonly onClose: () => void;
  readonly onDone: (kind: Kind, made?: string) => void;
}

/** Reads the invoice behind a disclosure, and saves it in its place or as a correction of the claim. */
export const InvoiceCorrection = ({ kind, detail, under, onClose, onDone }: InvoiceCorrectionProps) => {
  const words = useWords(submissionWords);
  const { close } = useWords(common);
  const { id, insurer } = detail;
  const { amending, ...read } = useAmending(detail.document);
  const amend = useDo('PUT /v1/documents/{id}', { then: () => onDone(kind) });
  const replace = useDo('POST /v1/disclosures/{id}/replacement', {
    then: ({ disclosures }) => onDone(kind, disclosures[0]?.id),
  });
  const resubmit = useDo('POST /v1/disclosures/{id}/resubmission', {
    then: ({ disclosures }) => onDone(kind, disclosures[0]?.id),
  });
  const run: Pick<UseMutationResult<unknown, AskFailure>, 'isPending' | 'error'> = { amend, replace, resubmit }[kind];
  const save = (invoice: Invoice): void => {
    if (kind === 'replace') replace.mutate({ params: { id }, body: invoice });
    else if (kind === 'resubmit') resubmit.mutate({ params: { id }, body: invoice });
    else
      amend.mutate({
        params: { id: detail.document },
        body: { content: { kind: 'invoice', invoice } },
        ifMatch: amending.tag,
      });
  };
  const tried = TRIED[kind];
  const about = {
    amend: words.amendAbout,
    replace: words.replaceAbout(insurer.name, quotedNumbers(detail).payer ?? ''),
    resubmit: words.resubmitAbout(insurer.name),
  }[kind];
  const waiting = (
    <Modal opened onClose={onClose} title={words.correction[kind]} closeButtonProps={{ 'aria-label': close }}>
      <Loaded of={read}>{() => null}</Loaded>
    </Modal>
  );
  if (read.data?.kind !== 'invoice') return waiting;
  return (
    <InvoiceDialog
      title={words.correction[kind]}
      about={`${about} ${words.decidedAnew(insurer.name, under)}`}
      invoice={read.data.invoice}
      confirm={kind === 'amend' ? words.invoice.save : words.invoice.submit}
      busy={run.isPending}
      failure={run.error}
      onSave={save}
      onClose={onClose}
      amending={amending}
      {...(tried === undefined
        ? {}
        : {
            trial: (readForm, typed) => (
              <CorrectionTrial route={tried} disclosure={id} insurer={insurer.name} read={readForm} typed={typed} />
            ),
          })}
    />
  );
};
