import { Button, Stack, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { DisclosureDetail } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useShortcuts } from '../../app/shortcuts.js';
import { useTagged } from '../../ask/queries.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { AnswersTab } from './answers-tab.js';
import { CorrectionChain } from './chain.js';
import { ComparisonTab } from './comparison-tab.js';
import { CorrectionMenu } from './correction-menu.js';
import { type Correction, correctionsOf } from './corrections.js';
import { DisclosureTab } from './disclosure-tab.js';
import { SubmissionHeader } from './header.js';
import { SentTab } from './sent-tab.js';
import classes from './submission.module.css';
import { isSubmissionTab, SUBMISSION_TABS } from './submission-search.js';
import { TimelineTab } from './timeline-tab.js';
import { submissionWords } from './words.js';

interface SubmissionProps {
  readonly detail: DisclosureDetail;
  readonly tag: string | undefined;
  readonly onReadAgain: () => void;
}

const Submission = ({ detail, tag, onReadAgain }: SubmissionProps) => {
  const words = useWords(submissionWords);
  const shortcuts = useWords(common);
  const { may } = useSession();
  const { tab = 'disclosure', edit } = useSearch({ from: '/claims/$id' });
  const navigate = useNavigate({ from: '/claims/$id' });
  const offered = correctionsOf(detail, may);
  const editable = offered.find((one) => one === 'amend' || one === 'replace' || one === 'resubmit');
  const [open, setOpen] = useState<Correction | undefined>(edit === true ? editable : undefined);
  const show = (to: string | null): void => {
    if (to !== null && isSubmissionTab(to)) void navigate({ search: { tab: to }, replace: true });
  };
  useShortcuts([
    { key: 'p', does: shortcuts.shortcutPreview, run: () => show('disclosure') },
    {
      key: 'e',
      does: shortcuts.shortcutEdit,
      run: () => setOpen(editable),
    },
  ]);
  const tabs = SUBMISSION_TABS.filter((one) => one !== 'sent' || may('disclosures.sent-bytes'));
  return (
    <Screen
      title={words.title}
      actions={
        <>
          <Button
            variant="subtle"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/claims' })}
          >
            {words.back}
          </Button>
          <CorrectionMenu {...{ detail, tag, offered, open, onReadAgain }} onOpen={setOpen} />
        </>
      }
    >
      <SubmissionHeader detail={detail} />
      <CorrectionChain detail={detail} />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List className={`${classes.tabs ?? ''} no-print`}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {words.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Stack pt="md">
          <Tabs.Panel value="disclosure">
            <DisclosureTab {...{ detail, tag, onReadAgain }} />
          </Tabs.Panel>
          <Tabs.Panel value="timeline">
            <TimelineTab events={detail.timeline} />
          </Tabs.Panel>
          <Tabs.Panel value="answers">
            <AnswersTab answers={detail.answers} />
          </Tabs.Panel>
          <Tabs.Panel value="sent">
            <SentTab detail={detail} />
          </Tabs.Panel>
          <Tabs.Panel value="comparison">
            <ComparisonTab id={detail.id} />
          </Tabs.Panel>
        </Stack>
      </Tabs>
    </Screen>
  );
};

/** One document to one insurer: where it stands, what went and why, what came back. */
export const SubmissionScreen = () => {
  const { id } = useParams({ from: '/claims/$id' });
  const read = useTagged('GET /v1/disclosures/{id}', { params: { id } }, { every: 15_000 });
  return (
    <Loaded of={read}>
      {({ body, tag }) => <Submission key={id} detail={body} tag={tag} onReadAgain={() => void read.refetch()} />}
    </Loaded>
  );
};
