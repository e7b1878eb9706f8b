import { NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseView } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { Confirm } from '../../parts/confirm.js';
import { instant } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { onReleaseWords } from './words.js';

interface RelateReleaseProps {
  readonly release: ReleaseView;
  readonly others: readonly ReleaseView[];
  readonly onClose: () => void;
}

/** Says of two papers how they go together; until then both hold. */
export const RelateRelease = ({ release, others, onClose }: RelateReleaseProps) => {
  const { relation: words, signedOn } = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  const [older, setOlder] = useState(others[0]?.id ?? '');
  const [kind, setKind] = useState<'supersedes' | 'adds_to'>('supersedes');
  const supersede = useDo('POST /v1/releases/{id}/supersede', { then: onClose });
  const addTo = useDo('POST /v1/releases/{id}/add-to', { then: onClose });
  const does = kind === 'supersedes' ? supersede : addTo;
  return (
    <Confirm
      opened
      onClose={onClose}
      title={words.title}
      confirm={words.save}
      busy={does.isPending}
      failure={does.error}
      onConfirm={() => does.mutate({ params: { id: release.id }, body: { older } })}
    >
      <NativeSelect
        label={words.older}
        data={others.map(({ id, revision, signedAt }) => ({
          value: id,
          label: `${names.openRelease(revision)} · ${signedAt === undefined ? '' : signedOn(instant(signedAt))}`,
        }))}
        value={older}
        onChange={(event) => setOlder(event.currentTarget.value)}
      />
      <Radio.Group
        label={words.kind}
        value={kind}
        onChange={(value) => setKind(value === 'adds_to' ? 'adds_to' : 'supersedes')}
      >
        <Stack gap={4} mt={4}>
          <Radio value="supersedes" label={words.kinds.supersedes} />
          <Radio value="adds_to" label={words.kinds.adds_to} />
        </Stack>
      </Radio.Group>
      <Text size="sm">{words.final}</Text>
    </Confirm>
  );
};
