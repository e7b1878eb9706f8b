import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RevokeRelease as Revocation } from '#libs/contracts';
import { nowMs } from '../../app/platform.js';
import { useDo } from '../../ask/queries.js';
import { Confirm } from '../../parts/confirm.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { localOf } from './local-instant.js';
import { onReleaseWords } from './words.js';

interface RevokeReleaseProps {
  readonly release: string;
  readonly recipient: string;
  readonly onClose: () => void;
}

/** It counts from the moment at which the practice received it, which may be earlier than now. */
export const RevokeRelease = ({ release, recipient, onClose }: RevokeReleaseProps) => {
  const { revoking: words } = useWords(onReleaseWords);
  const [at, setAt] = useState(() => localOf(nowMs()));
  const [channel, setChannel] = useState<Revocation['channel']>('in-person');
  const revoke = useDo('POST /v1/releases/{id}/revoke', { then: onClose });
  const places = usePlaces(revoke.error?.issues ?? []);
  const received = new Date(at);
  return (
    <Confirm
      opened
      danger
      onClose={onClose}
      title={words.title}
      confirm={words.save}
      busy={revoke.isPending}
      failure={revoke.error}
      disabled={Number.isNaN(received.getTime())}
      onConfirm={() =>
        revoke.mutate({ params: { id: release }, body: { receivedAt: received.toISOString(), channel } })
      }
    >
      <Text>{words.states(recipient)}</Text>
      <TextInput
        label={words.at}
        type="datetime-local"
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
        {...errorAt(places, '/receivedAt')}
      />
      <NativeSelect
        label={words.channel}
        data={Object.entries(words.channels).map(([value, label]) => ({ value, label }))}
        value={channel}
        onChange={(event) => setChannel(event.currentTarget.value as Revocation['channel'])}
      />
    </Confirm>
  );
};
