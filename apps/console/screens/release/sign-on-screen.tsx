import { Alert, Button, Group, Modal, Radio, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { targetOf } from '../../ask/ask.js';
import { base64, sha256 } from '../../app/platform.js';
import { useDo, useRead } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { Loaded } from '../../parts/loaded.js';
import { LanguageProvider, LANGUAGES, useLanguage, useWords } from '../../words/language.js';
import { ReleasePaper } from './release-paper.js';
import classes from './release.module.css';
import { SignaturePad } from './signature-pad.js';
import type { Relation, Signature } from './signer-fields.js';
import { forClientWords } from './words.js';

interface SignOnScreenProps {
  readonly release: string;
  /** Of the draft as it is shown: another text is not signed. */
  readonly tag: string;
  readonly signature: Signature;
  readonly relation: Relation | undefined;
  readonly onClose: () => void;
}

type Way = 'typed' | 'drawn';

const LANGUAGE_NAMES = { en: 'English', es: 'Español' } as const;

/** After signing: the client’s copy, and the picture, which is kept with the release as well. */
const Signed = ({
  release,
  picture,
  onClose,
}: Pick<SignOnScreenProps, 'release' | 'onClose'> & { readonly picture: Blob | undefined }) => {
  const words = useWords(forClientWords);
  const address = useMemo(() => (picture === undefined ? undefined : URL.createObjectURL(picture)), [picture]);
  useEffect(
    () => () => {
      if (address !== undefined) URL.revokeObjectURL(address);
    },
    [address],
  );
  const copy = targetOf('GET /v1/releases/{id}/copy', { params: { id: release } }).url;
  return (
    <Stack align="flex-start">
      <Title order={2}>{words.signed}</Title>
      <Group>
        <Button component="a" href={copy} download="release.pdf" variant="default">
          {words.copy}
        </Button>
        {address === undefined ? null : (
          <Button component="a" href={address} download="signature.png" variant="default">
            {words.keep}
          </Button>
        )}
        <Button onClick={onClose}>{words.done}</Button>
      </Group>
    </Stack>
  );
};

const ForClient = ({ release, tag, signature, relation, onClose }: SignOnScreenProps) => {
  const words = useWords(forClientWords);
  const { language, speak } = useLanguage();
  const [way, setWay] = useState<Way>('typed');
  const [name, setName] = useState('');
  const [picture, setPicture] = useState<Blob>();
  const text = useRead('GET /v1/releases/{id}/text', { params: { id: release }, query: { language } }, { keep: true });
  const sign = useDo('POST /v1/releases/{id}/sign');
  // What is read is signed: not the words of another language on their way out.
  const isRead = text.data !== undefined && !text.isPlaceholderData;
  const ready = isRead && (way === 'typed' ? name.trim().length > 1 : picture !== undefined);
  const send = async (): Promise<void> => {
    const typed = new TextEncoder().encode(JSON.stringify({ name: name.trim(), language, text: text.data }));
    const bytes = way === 'drawn' && picture !== undefined ? new Uint8Array(await picture.arrayBuffer()) : typed;
    sign.mutate({
      params: { id: release },
      ifMatch: tag,
      body: {
        signatures: [signature],
        evidence: {
          kind: way,
          digest: await sha256(bytes),
          ...(way === 'drawn' ? { picture: base64(bytes) } : {}),
        },
        ...(relation === undefined ? {} : { relation }),
      },
    });
  };
  if (sign.isSuccess)
    return <Signed release={release} picture={way === 'drawn' ? picture : undefined} onClose={onClose} />;
  return (
    <Stack gap="lg">
      <SegmentedControl
        aria-label={words.language}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={language}
        onChange={(value) => speak(value === 'es' ? 'es' : 'en')}
      />
      <Loaded of={text}>{(read) => <ReleasePaper text={read} />}</Loaded>
      <Radio.Group label={words.how} value={way} onChange={(value) => setWay(value === 'drawn' ? 'drawn' : 'typed')}>
        <Group mt="xs">
          <Radio value="typed" label={words.typed} />
          <Radio value="drawn" label={words.drawn} />
        </Group>
      </Radio.Group>
      {way === 'typed' ? (
        <TextInput
          label={words.name}
          maxLength={120}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : (
        <SignaturePad onDrawn={setPicture} />
      )}
      <Text>{way === 'typed' ? words.typedConsent : words.drawnConsent}</Text>
      {sign.error === null ? null : sign.error.code === 'precondition_failed' ? (
        <Alert color="yellow" role="alert" title={words.changed} />
      ) : (
        <Failure error={sign.error} />
      )}
      <Group>
        <Button variant="default" onClick={onClose}>
          {words.notNow}
        </Button>
        <Button disabled={!ready} loading={sign.isPending} onClick={() => void send()}>
          {words.sign}
        </Button>
      </Group>
    </Stack>
  );
};

/** For the client alone: nothing of the console is on the screen while they read and sign. */
export const SignOnScreen = (props: SignOnScreenProps) => (
  <LanguageProvider>
    <Modal
      opened
      fullScreen
      onClose={props.onClose}
      withCloseButton={false}
      closeOnEscape={false}
      aria-label={forClientWords.en.sign}
    >
      <div className={classes.paper}>
        <ForClient {...props} />
      </div>
    </Modal>
  </LanguageProvider>
);
