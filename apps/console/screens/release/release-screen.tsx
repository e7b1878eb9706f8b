import { Button, Stack, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReleaseView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { targetOf } from '../../ask/ask.js';
import { useRead, useTagged } from '../../ask/queries.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useRecipient } from '../../parts/use-recipient.js';
import { useWords } from '../../words/language.js';
import { HistoryPanel } from './history-panel.js';
import { EndRelease } from './end-release.js';
import { RelateRelease } from './relate-release.js';
import { ambiguousWith, relatable } from './related.js';
import { ReleaseEditor } from './release-editor.js';
import { ReleaseHead } from './release-head.js';
import { RevokeRelease } from './revoke-release.js';
import { Scans } from './scans.js';
import { type OnScreen, SignPanel } from './sign-panel.js';
import { SignOnScreen } from './sign-on-screen.js';
import type { Relation } from './signer-fields.js';
import { RelationField } from './signer-fields.js';
import { SimulationPanel } from './simulation-panel.js';
import { TermsPanel } from './terms-panel.js';
import { onReleaseWords } from './words.js';

interface WithRelease {
  readonly release: ReleaseView;
  readonly tag: string;
  readonly others: readonly ReleaseView[];
}

const Simulate = ({ release, older }: { readonly release: string; readonly older: readonly ReleaseView[] }) => {
  const [relation, setRelation] = useState<Relation>();
  return (
    <Stack>
      <RelationField older={older} value={relation} onChange={setRelation} />
      {/* What was found with one relation says nothing of another. */}
      <SimulationPanel key={`${relation?.kind} ${relation?.older}`} release={release} relation={relation} />
    </Stack>
  );
};

const Panels = ({ release, tag, others, onOpen }: WithRelease & { readonly onOpen: (signing: OnScreen) => void }) => {
  const words = useWords(onReleaseWords);
  const { may } = useSession();
  const [dirty, setDirty] = useState(false);
  const isDraft = release.status === 'draft';
  const older = relatable(release, others);
  return (
    // What is being written stays while somebody looks at another tab.
    <Tabs defaultValue="terms">
      <Tabs.List mb="md">
        <Tabs.Tab value="terms">{words.tabs.terms}</Tabs.Tab>
        {isDraft ? (
          <>
            <Tabs.Tab value="sign" disabled={dirty}>
              {words.tabs.sign}
            </Tabs.Tab>
            <Tabs.Tab value="simulation" disabled={dirty}>
              {words.tabs.simulation}
            </Tabs.Tab>
          </>
        ) : null}
        <Tabs.Tab value="history">{words.tabs.history}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="terms">
        {isDraft && may('releases.draft') ? (
          <ReleaseEditor release={release} tag={tag} onDirty={setDirty} />
        ) : (
          <Stack>
            <TermsPanel release={release} />
            {isDraft ? null : <Scans release={release} tag={tag} older={older} />}
          </Stack>
        )}
      </Tabs.Panel>
      {isDraft ? (
        <>
          <Tabs.Panel value="sign" keepMounted={false}>
            <SignPanel release={release} tag={tag} older={older} onOpen={onOpen} />
          </Tabs.Panel>
          <Tabs.Panel value="simulation" keepMounted={false}>
            <Simulate release={release.id} older={older} />
          </Tabs.Panel>
        </>
      ) : null}
      <Tabs.Panel value="history" keepMounted={false}>
        <HistoryPanel release={release.id} />
      </Tabs.Panel>
    </Tabs>
  );
};

const Actions = ({ release, others }: Omit<WithRelease, 'tag'>) => {
  const words = useWords(onReleaseWords);
  const { may } = useSession();
  const recipient = useRecipient();
  const [open, setOpen] = useState<'revoke' | 'end' | 'relate'>();
  if (release.status === 'draft') return null;
  const older = relatable(release, others);
  const lives = release.status === 'in-force' || release.status === 'not-yet-valid';
  const close = (): void => setOpen(undefined);
  return (
    <>
      {may('releases.sign') ? (
        <Button
          component="a"
          variant="default"
          href={targetOf('GET /v1/releases/{id}/copy', { params: { id: release.id } }).url}
          download="release.pdf"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {words.copy}
        </Button>
      ) : null}
      {lives && older.length > 0 && may('releases.relate') ? (
        <Button variant="default" onClick={() => setOpen('relate')}>
          {words.relate}
        </Button>
      ) : null}
      {lives && may('releases.revoke') ? (
        <Button variant="light" color="red" onClick={() => setOpen('revoke')}>
          {words.revoke}
        </Button>
      ) : null}
      {lives && may('releases.revoke') ? (
        <Button variant="default" onClick={() => setOpen('end')}>
          {words.end}
        </Button>
      ) : null}
      {open === 'end' ? (
        <EndRelease release={release} recipient={recipient(release.terms.recipient)} onClose={close} />
      ) : null}
      {open === 'revoke' ? (
        <RevokeRelease release={release.id} recipient={recipient(release.terms.recipient)} onClose={close} />
      ) : null}
      {open === 'relate' ? <RelateRelease release={release} others={older} onClose={close} /> : null}
    </>
  );
};

/** `/releases/<id>`: one release, from the first draft to its end. */
export const ReleaseScreen = () => {
  const words = useWords(onReleaseWords);
  const { release: id } = useParams({ from: '/releases/$release' });
  const [signing, setSigning] = useState<OnScreen>();
  const read = useTagged('GET /v1/releases/{id}', { params: { id } });
  const presets = useRead('GET /v1/presets', {});
  const client = read.data?.body.client;
  const all = useRead(
    'GET /v1/clients/{id}/releases',
    { params: { id: client ?? '' } },
    { enabled: client !== undefined },
  );
  const purposesOf = ({ terms }: ReleaseView) =>
    terms.purposes.length > 0
      ? terms.purposes
      : (presets.data?.rows.find((one) => one.id === terms.preset)?.purposes ?? []);
  const actions =
    read.data === undefined || all.data === undefined ? null : (
      <Actions release={read.data.body} others={all.data.rows} />
    );
  return (
    <Screen title={words.title} actions={actions}>
      <Loaded of={read}>
        {({ body, tag }) => (
          // Whoever signs must see which releases there are beside it: without them it would look like the only one.
          <Loaded of={all}>
            {({ rows: others }) => (
              <Loaded of={presets}>
                {() => (
                  <Stack key={body.id}>
                    <ReleaseHead
                      release={body}
                      purposes={purposesOf(body)}
                      ambiguous={ambiguousWith(body, others, purposesOf).length > 0}
                    />
                    <Panels release={body} tag={tag ?? ''} others={others} onOpen={setSigning} />
                  </Stack>
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
      {signing === undefined ? null : <SignOnScreen release={id} {...signing} onClose={() => setSigning(undefined)} />}
    </Screen>
  );
};
