import { Button, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { InsurerView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { day, instant } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { Section } from '../../parts/section.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useWords } from '../../words/language.js';
import { RecordRoute } from './record-route.js';
import { insurerWords } from './words.js';

/** How an insurer was reached, under which agreement. */
export const RoutesSection = ({ insurer }: { readonly insurer: InsurerView }) => {
  const words = useWords(insurerWords);
  const { may } = useSession();
  const [recording, setRecording] = useState(false);
  const routes = useRead('GET /v1/insurers/{id}/routes', { params: { id: insurer.id } });
  return (
    <Section
      title={words.routes}
      about={words.routesAbout}
      actions={
        may('routes.write') ? (
          <Button size="xs" variant="default" onClick={() => setRecording(true)}>
            {words.recordRoute}
          </Button>
        ) : undefined
      }
    >
      <Loaded of={routes}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm">{words.noRoutes}</Text>
          ) : (
            <Table.ScrollContainer minWidth={560} type="native">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{words.routes}</Table.Th>
                    <Table.Th>{words.agreement}</Table.Th>
                    <Table.Th>{words.resolution}</Table.Th>
                    <Table.Th>{words.recorded}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map(({ id, kind, agent, recordedAt }, index) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <Stack gap={4} align="flex-start">
                          {kind === 'direct' ? words.direct : (agent?.name ?? words.clearinghouse)}
                          {index === 0 ? <StateBadge tone="good">{words.current}</StateBadge> : null}
                        </Stack>
                      </Table.Td>
                      <Table.Td>
                        {agent === undefined
                          ? ''
                          : words.agreementOf(
                              agent.agreement.reference,
                              day(agent.agreement.signedOn),
                              agent.agreement.endsOn === undefined ? undefined : day(agent.agreement.endsOn),
                            )}
                      </Table.Td>
                      <Table.Td>{agent === undefined ? '' : words.resolutions[agent.resolution]}</Table.Td>
                      <Table.Td>{instant(recordedAt)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
      {recording ? <RecordRoute insurer={insurer} onClose={() => setRecording(false)} /> : null}
    </Section>
  );
};
