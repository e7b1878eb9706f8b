import { Container } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Action, SessionView } from '#libs/contracts';
import { ask, AskFailure, sessionBegins, whenSignedOut } from '../ask/ask.js';
import { asError } from '../parts/as-error.js';
import { Failure } from '../parts/failure.js';
import { SignIn } from '../screens/sign-in/sign-in.js';
import { useIdle } from './idle.js';
import { useLocked } from './locked.js';
import { inTurn, tellTabs, whenTabsTell } from './tabs.js';
import { Waiting } from '../parts/waiting.js';

interface Session {
  readonly session: SessionView;
  readonly may: (action: Action) => boolean;
  /** The screens are there, and nobody sees them. */
  readonly locked: boolean;
  readonly lock: () => void;
  readonly signOut: () => void;
  /** Reads the session again, after something about it has changed. */
  readonly refresh: () => void;
}

const Current = createContext<Session | undefined>(undefined);

/** Minutes without a key, a click or a touch after which the console locks. */
const IDLE_MINUTES = 10;

/** Milliseconds for which the end of a session is waited for before somebody may begin another. */
const LEAVING_MS = 10_000;

/** Who is signed in. Screens stand below the provider and so always have one. */
export const useSession = (): Session => {
  const session = useContext(Current);
  if (session === undefined) throw new Error('no session');
  return session;
};

type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'nobody' }
  /** Nobody knows whether somebody is signed in. */
  | { readonly kind: 'unanswered'; readonly error: Error }
  | { readonly kind: 'signed-in'; readonly session: SessionView }
  /** What was on the screen stays as it was, behind the sign-in, until the same person is back. */
  | { readonly kind: 'locked'; readonly session: SessionView }
  /** Out of sight at once, however long the gateway takes to end the session. */
  | { readonly kind: 'leaving'; readonly session: SessionView };

const isNobody = (error: unknown): boolean => error instanceof AskFailure && error.code === 'not_signed_in';

/** What a tab shows once somebody has signed in in another. */
const sharedWith = (before: State, actor: string): State => {
  if (before.kind !== 'signed-in' && before.kind !== 'locked') return before;
  return { kind: before.session.actor === actor ? 'signed-in' : 'locked', session: before.session };
};

export const SessionProvider = ({ children }: { readonly children: ReactNode }) => {
  const [state, setState] = useState<State>({ kind: 'asking' });
  /** The gateway was not reached, and still takes this browser for signed in. */
  const [unended, setUnended] = useState(false);
  const queries = useQueryClient();

  const endSession = useCallback(
    () =>
      inTurn(() => ask('DELETE /v1/session', { signal: AbortSignal.timeout(LEAVING_MS) })).then(
        () => {
          setUnended(false);
          tellTabs('session');
        },
        (error: unknown) => setUnended(!isNobody(error)),
      ),
    [],
  );

  const lock = useCallback(() => {
    setState((before) => (before.kind === 'signed-in' ? { kind: 'locked', session: before.session } : before));
  }, []);

  const begin = useCallback(() => {
    ask('GET /v1/session', {}).then(
      (session) => setState({ kind: 'signed-in', session }),
      (error: unknown) =>
        setState(isNobody(error) ? { kind: 'nobody' } : { kind: 'unanswered', error: asError(error) }),
    );
  }, []);

  useEffect(() => {
    whenSignedOut(() => setState((before) => (before.kind === 'signed-in' ? { ...before, kind: 'locked' } : before)));
    begin();
  }, [begin]);

  // Somebody else may have signed in beside it, and what is on the screen is none of theirs.
  useEffect(
    () =>
      whenTabsTell('session', () => {
        ask('GET /v1/session', {}).then(
          ({ actor }) => {
            sessionBegins();
            setState((before) => sharedWith(before, actor));
          },
          () => undefined,
        );
      }),
    [],
  );

  useLocked(state.kind === 'locked' || state.kind === 'leaving');

  useIdle(IDLE_MINUTES * 60_000, state.kind === 'signed-in', () => {
    lock();
    void endSession();
  });

  const enter = useCallback(
    (session: SessionView) => {
      sessionBegins();
      setUnended(false);
      tellTabs('session');
      setState((before) => {
        // Somebody else must find nothing of what was here.
        if (before.kind !== 'locked' || before.session.actor !== session.actor) queries.clear();
        return { kind: 'signed-in', session };
      });
      void queries.invalidateQueries();
    },
    [queries],
  );

  const current = useMemo<Session | undefined>(() => {
    if (state.kind === 'asking' || state.kind === 'nobody' || state.kind === 'unanswered') return undefined;
    const { session } = state;
    return {
      session,
      may: (action) => session.actions.includes(action),
      locked: state.kind === 'locked',
      lock: () => {
        lock();
        void endSession();
      },
      refresh: () => void ask('GET /v1/session', {}).then(enter, () => undefined),
      signOut: () => {
        setState({ kind: 'leaving', session });
        void endSession().then(() => {
          queries.clear();
          setState({ kind: 'nobody' });
          // Whoever comes next begins where there is something to do for them.
          window.history.replaceState(null, '', '/');
        });
      },
    };
  }, [state, lock, endSession, enter, queries]);

  if (state.kind === 'asking') return <Waiting />;
  if (state.kind === 'unanswered')
    return (
      <Container component="main" size="sm" py="xl">
        <Failure
          error={state.error}
          onRetry={() => {
            setState({ kind: 'asking' });
            begin();
          }}
        />
      </Container>
    );
  return (
    <>
      {state.kind === 'leaving' ? <Waiting /> : null}
      {state.kind === 'signed-in' || state.kind === 'leaving' ? null : (
        <SignIn
          locked={state.kind === 'locked' ? state.session : undefined}
          onSignedIn={enter}
          onEnd={unended ? () => void endSession() : undefined}
        />
      )}
      {current === undefined ? null : (
        <Current value={current}>
          <div hidden={state.kind !== 'signed-in'} key={current.session.actor}>
            {children}
          </div>
        </Current>
      )}
    </>
  );
};
