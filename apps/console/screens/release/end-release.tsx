import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EndRelease as End, ReleaseView } from '#libs/contracts';
import { nowMs } from '../../app/platform.js';
import { useDo } from '../../ask/queries.js';
import { Confirm } from '../../parts/confirm.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { localOf } from './local-instant.js';
import { onReleaseWords } from './words.js';

interface EndReleaseProps {
  readonly release: ReleaseView;
  readonly recipient: string;
  readonly onClose: () => void;
}

/** What ends a release though nobody revoked it: its event has come, or it rests on something false. */
export const EndRelease = ({ release, recipient, onClose }: EndReleaseProps) => {
  const { ending: words } = useWords(onReleaseWords);
  const { expiryEvent } = release.terms;
  const [at, setAt] = useState(() => localOf(nowMs()));
  const [because, setBecause] = useState<End['because']>(expiryEvent === undefined ? 'known-false' : 'event-occurred');
  const end = useDo('POST /v1/releases/{id}/end', { then: onClose });
  const places = usePlaces(end.error?.issues ?? []);
  const came = new Date(at);
  return (
    <Confirm
      opened
      danger
      onClose={onClose}
      title={words.title}
      confirm={words.save}
      busy={end.isPending}
      failure={end.error}
      disabled={Number.isNaN(came.getTime())}
      onConfirm={() => end.mutate({ params: { id: release.id }, body: { because, at: came.toISOString() } })}
    >
      <Text>{words.states(recipient)}</Text>
      <NativeSelect
        label={words.because}
        data={[
          ...(expiryEvent === undefined ? [] : [{ value: 'event-occurred', label: words.event(expiryEvent) }]),
          { value: 'known-false', label: words.false },
        ]}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value as End['because'])}
        {...errorAt(places, '/because')}
      />
      <TextInput
        label={words.at}
        type="datetime-local"
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
        {...errorAt(places, '/at')}
      />
    </Confirm>
  );
};
