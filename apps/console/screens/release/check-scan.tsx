import { Anchor, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseView, ScanView } from '#libs/contracts';
import { targetOf } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import { Confirm } from '../../parts/confirm.js';
import { useWords } from '../../words/language.js';
import classes from './release.module.css';
import { useToday } from '../../app/today.js';
import { clientSignature, type Relation, RelationField, SignerFields } from './signer-fields.js';
import { onReleaseWords } from './words.js';

interface CheckScanProps {
  readonly scan: ScanView;
  readonly older: readonly ReleaseView[];
  readonly onClose: () => void;
}

type Reason = 'illegible' | 'other-release' | 'not-signed' | 'incomplete';

/** The second person looks at the paper, and says what is on it. */
export const CheckScan = ({ scan, older, onClose }: CheckScanProps) => {
  const { scans: words } = useWords(onReleaseWords);
  const [outcome, setOutcome] = useState<'accepted' | 'refused'>();
  const [reason, setReason] = useState<Reason>('illegible');
  const [signature, setSignature] = useState(clientSignature(useToday()));
  const [relation, setRelation] = useState<Relation>();
  const check = useDo('POST /v1/scans/{id}/check', { then: onClose });
  const { url } = targetOf('GET /v1/scans/{id}/content', { params: { id: scan.id } });
  const save = (): void => {
    if (outcome === undefined) return;
    check.mutate({
      params: { id: scan.id },
      body:
        outcome === 'refused'
          ? { outcome, reason }
          : { outcome, signatures: [signature], ...(relation === undefined ? {} : { relation }) },
    });
  };
  return (
    <Confirm
      opened
      size="xl"
      onClose={onClose}
      title={words.checkTitle}
      confirm={words.save}
      disabled={outcome === undefined}
      busy={check.isPending}
      failure={check.error}
      onConfirm={save}
    >
      {scan.mediaType === 'application/pdf' ? (
        <Anchor href={url} download="scan.pdf">
          {words.openPdf}
        </Anchor>
      ) : (
        <img className={classes.scan} src={url} alt={words.image} />
      )}
      <Radio.Group
        label={words.outcome}
        value={outcome ?? ''}
        onChange={(value) => setOutcome(value === 'accepted' ? 'accepted' : 'refused')}
      >
        <Stack gap={4} mt={4}>
          <Radio value="accepted" label={words.accept} />
          <Radio value="refused" label={words.refuse} />
        </Stack>
      </Radio.Group>
      {outcome === 'accepted' ? (
        <>
          <SignerFields value={signature} onChange={setSignature} withDay />
          <RelationField older={older} value={relation} onChange={setRelation} />
          <Text size="sm">{words.signs}</Text>
        </>
      ) : null}
      {outcome === 'refused' ? (
        <NativeSelect
          label={words.reason}
          data={Object.entries(words.reasons).map(([value, label]) => ({ value, label }))}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value as Reason)}
        />
      ) : null}
    </Confirm>
  );
};
