import { useSearch } from '@tanstack/react-router';
import { useToday } from '../../app/today.js';
import { useSession } from '../../app/session.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useAmending } from '../../parts/use-amending.js';
import { useToSubmission } from '../../parts/use-to-submission.js';
import { useWords } from '../../words/language.js';
import { emptyReport, reportDraftFrom } from './report-draft.js';
import { ReportEditor } from './report-editor.js';
import { reportWords } from './words.js';

const Amend = ({ document }: { readonly document: string }) => {
  const toSubmission = useToSubmission();
  const today = useToday();
  const { amending, ...read } = useAmending(document);
  return (
    <Loaded of={read}>
      {(content) =>
        content.kind === 'invoice' ? null : (
          <ReportEditor
            initial={reportDraftFrom(content.report, today)}
            amending={amending}
            onSubmitted={() => undefined}
            onAmended={(amended) => toSubmission(amended.document.disclosures[0])}
          />
        )
      }
    </Loaded>
  );
};

/** `/reports/new`: for clinicians, who attest to what they write. */
export const ReportScreen = () => {
  const words = useWords(reportWords);
  const { session, may } = useSession();
  const today = useToday();
  const { amend, client } = useSearch({ from: '/reports/new' });
  const toSubmission = useToSubmission();
  const title = amend === undefined ? words.title : words.amendTitle;
  if (session.clinician === undefined || !may('reports.submit'))
    return (
      <Screen title={title}>
        <Empty title={words.notYours}>{words.notYoursAbout}</Empty>
      </Screen>
    );
  const initial = { ...emptyReport(today), client: client ?? '', clinician: session.clinician };
  return (
    <Screen title={title} about={words.about}>
      {amend === undefined ? (
        <ReportEditor
          initial={initial}
          onSubmitted={({ disclosures }) => toSubmission(disclosures[0]?.id)}
          onAmended={() => undefined}
        />
      ) : (
        <Amend document={amend} key={amend} />
      )}
    </Screen>
  );
};
