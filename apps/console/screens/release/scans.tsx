import { Badge, Button, FileInput, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseView, ScanView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { instant } from '../../parts/format.js';
import { NotRead } from '../../parts/not-read.js';
import { useWords } from '../../words/language.js';
import { CheckScan } from './check-scan.js';
import { useAttach } from './use-attach.js';
import { onReleaseWords } from './words.js';

interface ScansProps {
  readonly release: ReleaseView;
  readonly tag: string;
  readonly older: readonly ReleaseView[];
}

const COLORS = { 'to-check': 'yellow', accepted: 'green', refused: 'red' } as const;

export const Scans = ({ release, tag, older }: ScansProps) => {
  const { scans: words } = useWords(onReleaseWords);
  const { session, may } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [checking, setChecking] = useState<ScanView>();
  const scans = useRead('GET /v1/releases/{id}/scans', { params: { id: release.id } });
  const attach = useAttach(release.id, tag, () => setFile(null));
  return (
    <Stack gap="sm">
      {release.status === 'draft' && may('releases.draft') ? (
        <Group align="flex-end">
          <FileInput
            label={words.attach}
            accept="application/pdf,image/png,image/jpeg"
            value={file}
            onChange={setFile}
            clearable
            miw={260}
          />
          <Button
            variant="default"
            disabled={file === null}
            loading={attach.isPending}
            onClick={() => file !== null && attach.mutate(file)}
          >
            {words.send}
          </Button>
        </Group>
      ) : null}
      {attach.error === null ? null : <Failure error={attach.error} />}
      <NotRead of={[scans]} />
      {(scans.data?.rows ?? []).map((scan) => (
        <Group key={scan.id} gap="sm">
          <Badge variant="light" color={COLORS[scan.status]} tt="none">
            {words.status[scan.status]}
          </Badge>
          <Text size="sm">{words.attached(instant(scan.attachedAt))}</Text>
          {scan.status !== 'to-check' || !may('releases.sign') ? null : scan.attachedBy === session.actor ? (
            <Text size="sm" c="dimmed">
              {words.own}
            </Text>
          ) : (
            <Button size="compact-sm" variant="default" onClick={() => setChecking(scan)}>
              {words.check}
            </Button>
          )}
        </Group>
      ))}
      {checking === undefined ? null : (
        <CheckScan scan={checking} older={older} onClose={() => setChecking(undefined)} />
      )}
    </Stack>
  );
};
