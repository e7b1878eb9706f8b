import { Button, NativeSelect, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { TreatmentView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useToday } from '../../app/today.js';
import { useDo, useRead } from '../../ask/queries.js';
import { Confirm } from '../../parts/confirm.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { day } from '../../parts/format.js';
import { Recorded } from '../../parts/recorded.js';
import { clinicianName } from '../../parts/parties.js';
import { NotRead } from '../../parts/not-read.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { onClientWords } from './words.js';

const Assign = ({ client, onClose }: { readonly client: string; readonly onClose: () => void }) => {
  const { treatment: words } = useWords(onClientWords);
  const clinicians = useRead('GET /v1/clinicians', {});
  const [clinician, setClinician] = useState('');
  const [from, setFrom] = useState(useToday());
  const assign = useDo('POST /v1/clients/{id}/clinicians', { then: onClose });
  const places = usePlaces(assign.error?.issues ?? []);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.assign}
      save={words.save}
      onSave={() => assign.mutate({ params: { id: client }, body: { clinician, ...(from === '' ? {} : { from }) } })}
      busy={assign.isPending}
      failure={assign.error}
      places={places}
      shown={/^\/(?:clinician|from)$/}
    >
      <NotRead of={[clinicians]} />
      <NativeSelect
        label={words.clinician}
        required
        data={[
          { value: '', label: '–' },
          ...(clinicians.data?.rows ?? []).map((one) => ({ value: one.id, label: clinicianName(one) })),
        ]}
        value={clinician}
        onChange={(event) => setClinician(event.currentTarget.value)}
        {...errorAt(places, '/clinician')}
      />
      <TextInput
        label={words.from}
        type="date"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        {...errorAt(places, '/from')}
      />
    </FormDialog>
  );
};

const End = (props: { readonly treatment: TreatmentView; readonly name: string; readonly onClose: () => void }) => {
  const { treatment: words } = useWords(onClientWords);
  const end = useDo('POST /v1/treatments/{id}/end', { then: props.onClose });
  return (
    <Confirm
      opened
      danger
      onClose={props.onClose}
      title={words.endIt}
      confirm={words.endIt}
      busy={end.isPending}
      failure={end.error}
      onConfirm={() => end.mutate({ params: { id: props.treatment.id }, body: {} })}
    >
      <Text>{words.ends(props.name)}</Text>
    </Confirm>
  );
};

/** Who treats the client: they read the chart and attest, nobody else. */
export const TreatmentsPanel = ({ client }: { readonly client: string }) => {
  const { treatment: words } = useWords(onClientWords);
  const { may } = useSession();
  const [assigning, assign] = useDisclosure(false);
  const [ending, setEnding] = useState<TreatmentView>();
  const treatments = useRead('GET /v1/clients/{id}/clinicians', { params: { id: client } });
  const clinicians = useRead('GET /v1/clinicians', {});
  const nameOfOne = (id: string): string => {
    const found = clinicians.data?.rows.find((one) => one.id === id);
    return found === undefined ? '' : clinicianName(found);
  };
  const add = may('treatments.write') ? { label: words.assign, open: assign.open } : undefined;
  return (
    <>
      <Recorded of={treatments} add={add} empty={{ title: words.empty, about: words.emptyAbout }}>
        {(rows) => (
          <Table.ScrollContainer minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.clinician}</Table.Th>
                  <Table.Th>{words.from}</Table.Th>
                  <Table.Th>{words.until}</Table.Th>
                  <Table.Th aria-label={words.end} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>{nameOfOne(one.clinician)}</Table.Td>
                    <Table.Td>{day(one.from)}</Table.Td>
                    <Table.Td>{one.until === undefined ? words.now : day(one.until)}</Table.Td>
                    <Table.Td>
                      {one.until === undefined && may('treatments.write') ? (
                        <Button size="xs" variant="default" onClick={() => setEnding(one)}>
                          {words.end}
                        </Button>
                      ) : null}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Recorded>
      {assigning ? <Assign client={client} onClose={assign.close} /> : null}
      {ending === undefined ? null : (
        <End treatment={ending} name={nameOfOne(ending.clinician)} onClose={() => setEnding(undefined)} />
      )}
    </>
  );
};
