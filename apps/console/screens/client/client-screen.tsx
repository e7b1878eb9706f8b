import { Button, Group, Paper, Stack, Tabs } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClientView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { AmendClient } from './amend-client.js';
import { CoveragesPanel } from './coverages-panel.js';
import { Identity } from './identity.js';
import { ReleasesPanel } from './releases-panel.js';
import { RestrictionsPanel } from './restrictions-panel.js';
import { TreatmentsPanel } from './treatments-panel.js';
import { onClientWords } from './words.js';

const Who = ({ client }: { readonly client: ClientView }) => {
  const words = useWords(onClientWords);
  const { may } = useSession();
  const [changing, setChanging] = useState(false);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start">
        <Identity client={client} />
        {may('clients.write') ? (
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            {words.amend}
          </Button>
        ) : null}
      </Group>
      {changing ? <AmendClient client={client} onClose={() => setChanging(false)} /> : null}
    </Paper>
  );
};

/** `/clients/<id>`: one client, and all that says what may be told. */
export const ClientScreen = () => {
  const words = useWords(onClientWords);
  const { may } = useSession();
  const { client: id } = useParams({ from: '/clients/$client' });
  const client = useRead('GET /v1/clients/{id}', { params: { id } });
  const panels = [
    { name: 'releases', show: may('releases.read'), panel: <ReleasesPanel client={id} /> },
    { name: 'coverages', show: may('clients.read'), panel: <CoveragesPanel client={id} /> },
    { name: 'clinicians', show: may('treatments.read'), panel: <TreatmentsPanel client={id} /> },
    { name: 'restrictions', show: may('releases.read'), panel: <RestrictionsPanel client={id} /> },
  ] as const;
  const actions = (
    <>
      {may('invoices.submit') ? (
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/invoices/new" search={{ client: id }} {...props} />}
        >
          {words.newInvoice}
        </Button>
      ) : null}
      {may('reports.submit') ? (
        <Button variant="default" renderRoot={(props) => <Link to="/reports/new" search={{ client: id }} {...props} />}>
          {words.newReport}
        </Button>
      ) : null}
    </>
  );
  return (
    <Screen title={words.title} actions={actions}>
      <Loaded of={client}>
        {(found) => (
          <Stack>
            <Who client={found} />
            <Tabs defaultValue="releases" keepMounted={false}>
              <Tabs.List mb="md">
                {panels
                  .filter(({ show }) => show)
                  .map(({ name }) => (
                    <Tabs.Tab key={name} value={name}>
                      {words.tabs[name]}
                    </Tabs.Tab>
                  ))}
              </Tabs.List>
              {panels
                .filter(({ show }) => show)
                .map(({ name, panel }) => (
                  <Tabs.Panel key={name} value={name}>
                    {panel}
                  </Tabs.Panel>
                ))}
            </Tabs>
          </Stack>
        )}
      </Loaded>
    </Screen>
  );
};
