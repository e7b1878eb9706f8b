import type { ErrorComponentProps } from '@tanstack/react-router';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { Failure } from './failure.js';
import { Screen } from './screen.js';

/** A screen that broke: the rest of the console goes on. */
export const ScreenFailed = ({ error, reset }: ErrorComponentProps) => {
  const words = useWords(common);
  return (
    <Screen title={words.nothing}>
      <Failure error={error instanceof Error ? error : new Error('unknown')} onRetry={reset} />
    </Screen>
  );
};
