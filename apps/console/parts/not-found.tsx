import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { Empty } from './empty.js';
import { Screen } from './screen.js';

export const NotFound = () => {
  const words = useWords(common);
  return (
    <Screen title={words.nothing}>
      <Empty
        title={words.nothing}
        action={<Anchor renderRoot={(props) => <Link to="/" {...props} />}>{words.toHome}</Anchor>}
      >
        {words.notFound}
      </Empty>
    </Screen>
  );
};
