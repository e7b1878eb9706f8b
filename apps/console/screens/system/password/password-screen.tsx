import { Button, Group, Paper, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useSession } from '../../../app/session.js';
import { useDo } from '../../../ask/queries.js';
import { Failure } from '../../../parts/failure.js';
import { Screen } from '../../../parts/screen.js';
import { useWords } from '../../../words/language.js';
import { passwordWords } from './words.js';

const SHORTEST = 12;

/** Everybody’s own password; shown in place of everything else to whoever signed in with one that was given out. */
export const PasswordScreen = () => {
  const words = useWords(passwordWords);
  const { session, refresh } = useSession();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const change = useDo('PUT /v1/session/password', {
    then: () => {
      notifications.show({ message: words.changed });
      setTried(false);
      for (const set of [setCurrent, setNext, setAgain]) set('');
      refresh();
    },
  });
  const nextFault = next.length < SHORTEST ? words.tooShort : next === current ? words.same : undefined;
  const againFault = next === again ? undefined : words.differs;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (current === '' || nextFault !== undefined || againFault !== undefined) return;
    change.mutate({ body: { current, next } });
  };
  const shown = (fault: string | undefined): string | undefined => (tried ? fault : undefined);
  return (
    <Screen
      title={session.mustChangePassword ? words.mustTitle : words.title}
      about={session.mustChangePassword ? words.mustAbout : words.about}
    >
      <Paper withBorder p="md" maw={480}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <PasswordInput
              label={words.current}
              autoComplete="current-password"
              required
              maxLength={1_000}
              value={current}
              error={shown(current === '' ? words.needCurrent : undefined)}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <PasswordInput
              label={words.next}
              description={words.nextHint}
              autoComplete="new-password"
              required
              maxLength={1_000}
              value={next}
              error={shown(nextFault)}
              onChange={(event) => setNext(event.currentTarget.value)}
            />
            <PasswordInput
              label={words.again}
              autoComplete="new-password"
              required
              maxLength={1_000}
              value={again}
              error={shown(againFault)}
              onChange={(event) => setAgain(event.currentTarget.value)}
            />
            {change.error === null ? null : <Failure error={change.error} />}
            <Group>
              <Button type="submit" loading={change.isPending}>
                {words.change}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </Screen>
  );
};
