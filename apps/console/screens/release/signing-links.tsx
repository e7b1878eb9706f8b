import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SigningLinkMade } from '#libs/contracts';
import { useDo, useRead } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { instant } from '../../parts/format.js';
import { LinkOnce } from '../../parts/link-once.js';
import { LINK_TERMS, LinkTermsFields } from '../../parts/link-terms.js';
import { NotRead } from '../../parts/not-read.js';
import { usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import type { Relation } from './signer-fields.js';
import { onReleaseWords } from './words.js';

interface SigningLinksProps {
  readonly release: string;
  readonly relation: Relation | undefined;
}

/** A link by which the client signs from afar; its secret is on the screen once. */
export const SigningLinks = ({ release, relation }: SigningLinksProps) => {
  const { links: words } = useWords(onReleaseWords);
  const [terms, setTerms] = useState(LINK_TERMS);
  const [made, setMade] = useState<SigningLinkMade>();
  const links = useRead('GET /v1/releases/{id}/signing-links', { params: { id: release } });
  const make = useDo('POST /v1/releases/{id}/signing-links', { then: setMade });
  const withdraw = useDo('POST /v1/releases/{id}/signing-links/{link}/withdraw');
  const places = usePlaces(make.error?.issues ?? []);
  return (
    <Stack gap="sm">
      <LinkTermsFields value={terms} onChange={setTerms} places={places} />
      <Group>
        <Button
          variant="default"
          loading={make.isPending}
          onClick={() =>
            make.mutate({
              params: { id: release },
              body: { ...terms, days: Number(terms.days), ...(relation === undefined ? {} : { relation }) },
            })
          }
        >
          {words.make}
        </Button>
      </Group>
      {make.error === null || make.error.issues.some(({ path }) => path === '/days') ? null : (
        <Failure error={make.error} />
      )}
      {made === undefined ? null : (
        <Alert color="yellow" title={words.once}>
          <Stack gap="xs">
            <LinkOnce link={made} />
            <Group>
              <Button size="xs" variant="default" onClick={() => setMade(undefined)}>
                {words.done}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
      {withdraw.error === null ? null : <Failure error={withdraw.error} />}
      <NotRead of={[links]} />
      {(links.data?.rows ?? []).map((link) => (
        <Group key={link.id} gap="sm">
          <Badge variant="light" color={link.status === 'open' ? 'blue' : 'gray'} tt="none">
            {words.status[link.status]}
          </Badge>
          <Text size="sm">
            {words.languages[link.language]} · {words.factors[link.factor]} · {words.until(instant(link.expiresAt))}
          </Text>
          {link.status === 'open' ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ params: { id: release, link: link.id } })}
            >
              {words.withdraw}
            </Button>
          ) : null}
        </Group>
      ))}
    </Stack>
  );
};
