import { Tabs } from '@mantine/core';
import { Navigate, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Action } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { Empty } from '../../parts/empty.js';
import { Screen } from '../../parts/screen.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { systemWords } from './words.js';

const PARTS = [
  { to: '/system/people', word: 'people', needs: 'staff.manage' },
  { to: '/system/keys', word: 'keys', needs: 'api-keys.manage' },
  { to: '/system/webhooks', word: 'webhooks', needs: 'webhooks.manage' },
  { to: '/system/queues', word: 'queues', needs: 'system.read' },
  { to: '/system/health', word: 'health', needs: 'system.read' },
] as const satisfies readonly { to: string; word: keyof (typeof systemWords)['en']; needs: Action }[];

type PartAddress = (typeof PARTS)[number]['to'];

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

/** The first part that somebody may see. */
export const SystemHome = () => {
  const words = useWords(systemWords);
  const notes = useWords(common);
  const { may } = useSession();
  const first = PARTS.find(({ needs }) => may(needs));
  if (first !== undefined) return <Navigate to={first.to} replace />;
  return (
    <Screen title={words.sections}>
      <Empty title={words.mayNot}>{notes.notFound}</Empty>
    </Screen>
  );
};
