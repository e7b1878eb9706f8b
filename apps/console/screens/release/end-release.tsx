import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { EndRelease as End, ReleaseView } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { EndingDialog } from './ending-dialog.js';
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
  const [because, setBecause] = useState<End['because']>(expiryEvent === undefined ? 'known-false' : 'event-occurred');
  const end = useDo('POST /v1/releases/{id}/end', { then: onClose });
  const places = usePlaces(end.error?.issues ?? []);
  return (
    <EndingDialog
      words={words}
      states={words.states(recipient)}
      busy={end.isPending}
      failure={end.error}
      wrong={errorAt(places, '/at')}
      above={
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
      }
      onClose={onClose}
      onRecord={(at) => end.mutate({ params: { id: release.id }, body: { because, at } })}
    />
  );
};
