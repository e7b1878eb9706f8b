import { Center, Loader } from '@mantine/core';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';

/** Something is on its way. */
export const Waiting = () => {
  const words = useWords(common);
  return (
    <Center p="xl" role="status" aria-label={words.loading}>
      <Loader />
    </Center>
  );
};
