import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { RevokeRelease as Revocation } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { EndingDialog } from './ending-dialog.js';
import { onReleaseWords } from './words.js';

interface RevokeReleaseProps {
  readonly release: string;
  readonly recipient: string;
  readonly onClose: () => void;
}

/** It counts from the moment at which the practice received it, which may be earlier than now. */
export const RevokeRelease = ({ release, recipient, onClose }: RevokeReleaseProps) => {
  const { revoking: words } = useWords(onReleaseWords);
  const [channel, setChannel] = useState<Revocation['channel']>('in-person');
  const revoke = useDo('POST /v1/releases/{id}/revoke', { then: onClose });
  const places = usePlaces(revoke.error?.issues ?? []);
  return (
    <EndingDialog
      words={words}
      states={words.states(recipient)}
      busy={revoke.isPending}
      failure={revoke.error}
      wrong={errorAt(places, '/receivedAt')}
      below={
        <NativeSelect
          label={words.channel}
          data={Object.entries(words.channels).map(([value, label]) => ({ value, label }))}
          value={channel}
          onChange={(event) => setChannel(event.currentTarget.value as Revocation['channel'])}
        />
      }
      onClose={onClose}
      onRecord={(receivedAt) => revoke.mutate({ params: { id: release }, body: { receivedAt, channel } })}
    />
  );
};
