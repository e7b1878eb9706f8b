import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useToday } from '../../app/today.js';
import { useSession } from '../../app/session.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useAmending } from '../../parts/use-amending.js';
import { useToSubmission } from '../../parts/use-to-submission.js';
import { useWords } from '../../words/language.js';
import { draftFrom, emptyInvoice } from './invoice-draft.js';
import { InvoiceEditor } from './invoice-editor.js';
import { invoiceWords } from './words.js';

const Amend = ({ document }: { readonly document: string }) => {
  const navigate = useNavigate();
  const toSubmission = useToSubmission();
  const { amending, ...read } = useAmending(document);
  const isReport = read.data?.kind === 'treatment-report';
  useEffect(() => {
    if (isReport) void navigate({ to: '/reports/new', search: { amend: document }, replace: true });
  }, [isReport, navigate, document]);
  return (
    <Loaded of={read}>
      {(content) =>
        content.kind === 'treatment-report' ? null : (
          <InvoiceEditor
            initial={draftFrom(content.invoice)}
            amending={amending}
            onSubmitted={() => undefined}
            onAmended={(amended) => toSubmission(amended.document.disclosures[0])}
          />
        )
      }
    </Loaded>
  );
};

/** `/invoices/new`: writes an invoice, or cures one that waits. */
export const InvoiceScreen = () => {
  const words = useWords(invoiceWords);
  const { session } = useSession();
  const today = useToday();
  const { amend, client } = useSearch({ from: '/invoices/new' });
  const toSubmission = useToSubmission();
  if (amend !== undefined)
    return (
      <Screen title={words.amendTitle} about={words.amendAbout}>
        <Amend document={amend} key={amend} />
      </Screen>
    );
  const initial = { ...emptyInvoice(today), client: client ?? '', clinician: session.clinician ?? '' };
  return (
    <Screen title={words.title} about={words.about}>
      <InvoiceEditor
        initial={initial}
        onSubmitted={({ disclosures }) => toSubmission(disclosures[0]?.id)}
        onAmended={() => undefined}
      />
    </Screen>
  );
};
