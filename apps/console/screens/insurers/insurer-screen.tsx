import { Anchor, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useRead } from '../../ask/queries.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { ConnectionSection } from './connection-section.js';
import { ReachSection } from './reach-section.js';
import { RoutesSection } from './routes-section.js';
import { WantsSection } from './wants-section.js';
import { insurerWords } from './words.js';

export const InsurerScreen = () => {
  const words = useWords(insurerWords);
  const { insurer: id } = useParams({ from: '/insurers/$insurer' });
  const insurers = useRead('GET /v1/insurers', {}, { every: 15_000 });
  const found = insurers.data?.rows.find((one) => one.id === id);
  const back = <Anchor renderRoot={(props) => <Link to="/insurers" {...props} />}>{words.back}</Anchor>;
  return (
    <Screen title={found?.name ?? words.name} actions={back}>
      <Loaded of={insurers}>
        {({ rows }) => {
          const insurer = rows.find((one) => one.id === id);
          return insurer === undefined ? (
            <Empty title={words.gone}>{words.goneAbout}</Empty>
          ) : (
            <Stack>
              <ReachSection insurer={insurer} />
              <ConnectionSection insurer={insurer} />
              <RoutesSection insurer={insurer} />
              <WantsSection insurer={insurer} />
            </Stack>
          );
        }}
      </Loaded>
    </Screen>
  );
};
