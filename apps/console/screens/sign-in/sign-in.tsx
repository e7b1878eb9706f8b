import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import type { SessionView } from '#libs/contracts';
import { inTurn } from '../../app/tabs.js';
import { ask, AskFailure } from '../../ask/ask.js';
import { useWords } from '../../words/language.js';
import classes from './sign-in.module.css';
import { signInWords } from './words.js';

interface SignInProps {
  /** Whose session ended while something was on the screen. */
  readonly locked: SessionView | undefined;
  readonly onSignedIn: (session: SessionView) => void;
  /** Ends what the gateway still takes for a session; absent where there is none. */
  readonly onEnd: (() => void) | undefined;
}

const Unended = ({ onEnd }: { readonly onEnd: () => void }) => {
  const words = useWords(signInWords);
  return (
    <Alert color="yellow" role="alert" title={words.unended}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{words.unendedAbout}</Text>
        <Button size="xs" variant="default" onClick={onEnd}>
          {words.end}
        </Button>
      </Stack>
    </Alert>
  );
};

export const SignIn = ({ locked, onSignedIn, onEnd }: SignInProps) => {
  const words = useWords(signInWords);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useForm({ mode: 'uncontrolled', initialValues: { signIn: '', password: '' } });

  const reasonOf = (error: unknown): string => {
    if (!(error instanceof AskFailure)) return words.failed;
    if (error.code === 'sign_in_failed') return words.wrong;
    if (error.code === 'too_many_attempts') return words.tooMany;
    return error.code === 'unreachable' ? words.unreachable : words.failed;
  };

  const enter = form.onSubmit((values) => {
    setBusy(true);
    setFailure(undefined);
    inTurn(() => ask('POST /v1/session', { body: values }))
      .then(onSignedIn, (error: unknown) => {
        form.setFieldValue('password', '');
        setFailure(reasonOf(error));
      })
      .finally(() => setBusy(false));
  });

  return (
    <main className={classes.page}>
      <Paper className={classes.card} withBorder shadow="sm" p="xl">
        <form onSubmit={enter}>
          <Stack>
            <Title order={1} size="h3">
              {locked === undefined ? words.title : words.lockedTitle}
            </Title>
            <Text size="sm" c="dimmed">
              {locked === undefined ? words.about : words.locked(locked.name ?? locked.actor)}
            </Text>
            {onEnd === undefined ? null : <Unended onEnd={onEnd} />}
            {failure === undefined ? null : (
              <Alert color="red" role="alert">
                {failure}
              </Alert>
            )}
            <TextInput
              label={words.name}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={120}
              ref={first}
              key={form.key('signIn')}
              {...form.getInputProps('signIn')}
            />
            <PasswordInput
              label={words.password}
              autoComplete="current-password"
              required
              maxLength={1_000}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            <Button type="submit" loading={busy}>
              {words.enter}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
};
