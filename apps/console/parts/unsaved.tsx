import { Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { catalogue, useWords } from '../words/language.js';
import { Confirm } from './confirm.js';

const unsavedWords = catalogue({
  en: {
    title: 'Leave what you have entered?',
    about: 'It is kept nowhere but on this page, and gone once you leave it.',
    leave: 'Leave it',
  },
});

interface UnsavedProps {
  /** Whether something was entered that is kept nowhere; asked when somebody is about to go. */
  readonly when: () => boolean;
}

/** Asks before a page is left on which something was entered, by whatever way: a link, a key, the browser’s own. */
export const Unsaved = ({ when }: UnsavedProps) => {
  const words = useWords(unsavedWords);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: when,
    enableBeforeUnload: when,
    withResolver: true,
  });
  return (
    <Confirm
      opened={status === 'blocked'}
      danger
      title={words.title}
      confirm={words.leave}
      busy={false}
      onConfirm={() => proceed?.()}
      onClose={() => reset?.()}
    >
      <Text size="sm">{words.about}</Text>
    </Confirm>
  );
};
