import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import type { Accepted, Amended } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { ask } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import { Beside } from '../../parts/beside.js';
import { Elsewhere } from '../../parts/elsewhere.js';
import { usePlaces } from '../../parts/places.js';
import { SubmitDocument } from '../../parts/submit-document.js';
import { Theirs } from '../../parts/theirs.js';
import type { Amending } from '../../parts/use-amending.js';
import { Unsaved } from '../../parts/unsaved.js';
import { usePreview } from '../../parts/use-preview.js';
import { useWords } from '../../words/language.js';
import { atTheirRows, missingInReport, reportBody, type ReportDraft } from './report-draft.js';
import { ReportForm } from './report-form.js';
import { reportWords } from './words.js';

interface ReportEditorProps {
  readonly initial: ReportDraft;
  readonly amending?: Amending;
  readonly onSubmitted: (accepted: Accepted) => void;
  readonly onAmended: (amended: Amended) => void;
}

const SHOWN = /^\/(?:diagnoses\/\d+\/code|symptoms|[a-zA-Z]+)$/;

/** The report, the decision beside it, and the attestation without which it does not go. */
export const ReportEditor = ({ initial, amending, ...on }: ReportEditorProps) => {
  const words = useWords(reportWords);
  const { session } = useSession();
  const [draft, setDraft] = useState(initial);
  const kept = useRef(false);
  const [written, setWritten] = useState(false);
  const [attested, setAttested] = useState(false);
  const [confirming, confirm] = useDisclosure(false);
  const missing = missingInReport(draft);
  const body = useMemo(() => (missing.length === 0 ? reportBody(draft) : undefined), [draft, missing.length]);
  const { preview, failure, stale, again } = usePreview(
    'report',
    body === undefined ? undefined : { body },
    (asked, signal) => ask('POST /v1/treatment-reports/preview', { ...asked, signal }),
  );
  const submit = useDo('POST /v1/treatment-reports', {
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
  const refused = usePlaces(done.error?.issues ?? [], '/content/report');
  const places = atTheirRows({ ...refused, ...usePlaces(failure?.issues ?? []) }, draft);
  const change = (part: Partial<ReportDraft>): void => {
    if (done.isError && done.error.status !== 0 && done.error.status < 500) done.reset();
    // What was attested to was another text.
    setAttested(false);
    if (Object.keys(part).some((name) => name !== 'coverage')) setWritten(true);
    setDraft((before) => ({ ...before, ...part }));
  };
  const send = (): void => {
    if (body === undefined) return;
    if (amending === undefined) submit.mutate({ body });
    else
      amend.mutate({
        params: { id: amending.document },
        ifMatch: amending.tag,
        body: { content: { kind: 'treatment-report', report: body } },
      });
  };
  return (
    <Beside
      preview={preview}
      failure={failure}
      stale={stale}
      missing={missing.map((one) => words.missing[one])}
      onRetry={again}
    >
      <Stack gap="lg">
        <Unsaved when={() => !kept.current && written} />
        {amending === undefined ? null : (
          <Theirs
            theirs={amending.theirs}
            yours={{ kind: 'treatment-report', report: body }}
            refused={done.error?.code === 'precondition_failed'}
            onShow={amending.onShowTheirs}
          />
        )}
        <ReportForm draft={draft} change={change} places={places} amending={amending !== undefined} />
        <Elsewhere places={places} shown={SHOWN} />
        <Checkbox
          label={words.attest(session.name ?? session.actor)}
          description={words.attestHint}
          checked={attested}
          onChange={(event) => setAttested(event.currentTarget.checked)}
        />
        <Group>
          <Button
            disabled={!attested || preview === undefined || stale || failure !== undefined}
            onClick={confirm.open}
          >
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
