import { Tabs } from '@mantine/core';
import { Navigate, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../app/session.js';
import { Empty } from '../../parts/empty.js';
import { Screen } from '../../parts/screen.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { firstPart, type PartAddress, PARTS } from './parts.js';
import { systemWords } from './words.js';

interface SystemScreenProps {
  readonly at: PartAddress;
  readonly about: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the system, with the way to the others that somebody may see. */
export const SystemScreen = ({ at, about, actions, children }: SystemScreenProps) => {
  const words = useWords(systemWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const allowed = PARTS.filter(({ needs }) => may(needs));
  const here = PARTS.find(({ to }) => to === at);
  return (
    <Screen title={here === undefined ? words.sections : words[here.word]} about={about} actions={actions}>
      <Tabs
        value={at}
        onChange={(next) => {
          const found = allowed.find(({ to }) => to === next);
          if (found !== undefined) void navigate({ to: found.to });
        }}
        activateTabWithKeyboard={false}
      >
        <Tabs.List aria-label={words.sections}>
          {allowed.map(({ to, word }) => (
            <Tabs.Tab key={to} value={to}>
              {words[word]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={at} pt="md">
          {here !== undefined && may(here.needs) ? children : <Empty title={words.mayNot}>{words.mayNot}</Empty>}
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
};

/** Leads on to the first part that somebody may see. The menu leads there by itself: a redirect that is asked for again while it is on its way goes nowhere. */
export const SystemHome = () => {
  const words = useWords(systemWords);
  const notes = useWords(common);
  const { may } = useSession();
  const first = firstPart(may);
  if (first !== undefined) return <Navigate to={first} replace />;
  return (
    <Screen title={words.sections}>
      <Empty title={words.mayNot}>{notes.notFound}</Empty>
    </Screen>
  );
};
