import { Alert, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useWords } from '../../words/language.js';
import { Scans } from './scans.js';
import { useToday } from '../../app/today.js';
import { clientSignature, type Relation, RelationField, type Signature, SignerFields } from './signer-fields.js';
import { SigningLinks } from './signing-links.js';
import { onReleaseWords } from './words.js';

/** What the client is given to sign: this text, and no other. */
export interface OnScreen {
  readonly tag: string;
  readonly signature: Signature;
  readonly relation: Relation | undefined;
}

interface SignPanelProps {
  readonly release: ReleaseView;
  readonly tag: string;
  readonly older: readonly ReleaseView[];
  readonly onOpen: (signing: OnScreen) => void;
}

/** What keeps a draft from being signed, by name. */
const Missing = ({ missing }: { readonly missing: readonly string[] }) => {
  const words = useWords(onReleaseWords);
  if (missing.length === 0) return null;
  return (
    <Alert color="yellow" title={words.missingTitle}>
      <List size="sm">
        {missing.map((one) => (
          <List.Item key={one}>{words.missing[one] ?? one}</List.Item>
        ))}
      </List>
    </Alert>
  );
};

/** The three ways to a signature. */
export const SignPanel = ({ release, tag, older, onOpen }: SignPanelProps) => {
  const words = useWords(onReleaseWords);
  const { may } = useSession();
  const [signature, setSignature] = useState(clientSignature(useToday()));
  const [relation, setRelation] = useState<Relation>();
  const ready = release.missing.length === 0;
  return (
    <Stack>
      <Missing missing={release.missing} />
      {release.warnings.map((one) => (
        <Alert key={one} color="yellow" title={words.warning[one] ?? one} />
      ))}
      <RelationField older={older} value={relation} onChange={setRelation} />
      {may('releases.sign') ? (
        <Paper withBorder p="md" component="section" aria-label={words.ways.screen}>
          <Stack gap="sm">
            <Title order={3} size="h5">
              {words.ways.screen}
            </Title>
            <Text size="sm">{words.ways.screenAbout}</Text>
            <SignerFields value={signature} onChange={setSignature} />
            <Group>
              <Button disabled={!ready} onClick={() => onOpen({ tag, signature, relation })}>
                {words.ways.open}
              </Button>
            </Group>
          </Stack>
        </Paper>
      ) : null}
      {may('releases.draft') ? (
        <Paper withBorder p="md" component="section" aria-label={words.ways.link}>
          <Stack gap="sm">
            <Title order={3} size="h5">
              {words.ways.link}
            </Title>
            <Text size="sm">{words.ways.linkAbout}</Text>
            <SigningLinks release={release.id} relation={relation} />
          </Stack>
        </Paper>
      ) : null}
      <Paper withBorder p="md" component="section" aria-label={words.ways.paper}>
        <Stack gap="sm">
          <Title order={3} size="h5">
            {words.ways.paper}
          </Title>
          <Text size="sm">{words.ways.paperAbout}</Text>
          <Scans release={release} tag={tag} older={older} />
        </Stack>
      </Paper>
    </Stack>
  );
};
