import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconEye, IconFileTypePdf, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import type { DisclosureDetail } from '#libs/contracts';
import { fetchRoute } from '../../ask/ask.js';
import { useLook } from '../../ask/queries.js';
import { Empty } from '../../parts/empty.js';
import { Failure } from '../../parts/failure.js';
import { useWords } from '../../words/language.js';
import { sha256 } from './sha256.js';
import classes from './submission.module.css';
import { submissionWords } from './words.js';
import { segmentsOf } from './x12-segments.js';

interface Sent {
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly digest: string | undefined;
}

const readSent = async (id: string): Promise<Sent> => {
  const answer = await fetchRoute('GET /v1/disclosures/{id}/sent', { params: { id }, accept: '*/*' });
  const bytes = await answer.arrayBuffer();
  const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  return { bytes, type, digest: await sha256(bytes) };
};

const Check = ({ stored, computed }: { readonly stored: string; readonly computed: string | undefined }) => {
  const { sent: words } = useWords(submissionWords);
  const same = computed === stored;
  return (
    <Alert
      color={computed === undefined ? 'yellow' : same ? 'green' : 'red'}
      icon={same ? <IconShieldCheck size={18} aria-hidden /> : <IconShieldX size={18} aria-hidden />}
      role={same ? 'status' : 'alert'}
      title={computed === undefined ? words.unchecked : same ? words.same : words.differ}
    >
      <Text size="xs">{words.stored}</Text>
      <div className={classes.digest}>{stored}</div>
      {computed === undefined ? null : (
        <>
          <Text size="xs" mt={4}>
            {words.computed}
          </Text>
          <div className={classes.digest}>{computed}</div>
        </>
      )}
    </Alert>
  );
};

const Pdf = ({ bytes }: { readonly bytes: ArrayBuffer }) => {
  const { sent: words } = useWords(submissionWords);
  const url = useMemo(() => URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' })), [bytes]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <Group>
      <Button
        component="a"
        href={url}
        download="sent.pdf"
        variant="default"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
      >
        {words.download}
      </Button>
    </Group>
  );
};

const Bytes = ({ bytes, type }: Sent) => {
  const { sent: words } = useWords(submissionWords);
  const text = useMemo(
    () =>
      type === 'application/pdf' ? '' : new TextDecoder(type === 'application/json' ? 'utf-8' : 'latin1').decode(bytes),
    [bytes, type],
  );
  const segments = useMemo(() => segmentsOf(text), [text]);
  if (type === 'application/pdf') return <Pdf bytes={bytes} />;
  if (segments === undefined)
    return (
      <pre className={classes.plain} tabIndex={0}>
        {text}
      </pre>
    );
  return (
    <div className={classes.scroll}>
      <table className={classes.segments} aria-label={words.segments}>
        <thead>
          <tr>
            <th scope="col">{words.number}</th>
            <th scope="col">{words.segment}</th>
            <th scope="col">{words.elements}</th>
          </tr>
        </thead>
        <tbody>
          {segments.map(({ id, elements }, index) => (
            <tr key={`${index} ${id}`}>
              <td>{index + 1}</td>
              <th scope="row">{id}</th>
              <td>{elements.join(' * ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The very bytes that were sealed, once somebody asks for them; their digest is computed anew here. */
export const SentTab = ({ detail }: { readonly detail: DisclosureDetail }) => {
  const { sent: words } = useWords(submissionWords);
  const read = useLook<Sent>(() => readSent(detail.id));
  const { transmission } = detail;
  if (transmission === undefined) return <Empty title={words.none}>{words.noneAbout}</Empty>;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={720}>
        {words.about}
      </Text>
      {read.error === null ? null : <Failure error={read.error} />}
      {read.data === undefined ? (
        <Group>
          <Button
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            loading={read.isPending}
            onClick={() => read.mutate()}
          >
            {words.show}
          </Button>
        </Group>
      ) : (
        <>
          <Check stored={transmission.digest} computed={read.data.digest} />
          <Text size="sm" c="dimmed">
            {read.data.type} · {words.size(read.data.bytes.byteLength)}
          </Text>
          <Bytes {...read.data} />
        </>
      )}
    </Stack>
  );
};
