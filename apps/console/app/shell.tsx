import { AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { Waiting } from '../parts/waiting.js';
import { useSession } from './session.js';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { navigation } from '../words/navigation.js';
import { Navigation } from './navigation.js';
import { PersonMenu } from './person-menu.js';
import { SearchBox } from './search-box.js';
import { ShortcutHelp } from './shortcut-help.js';

/** Whoever signed in with a password that was given out changes it before anything else. */
const ChangePassword = lazy(async () => ({
  default: (await import('../screens/system/password/password-screen.js')).PasswordScreen,
}));

/** What stands round every screen. */
export const Shell = () => {
  const words = useWords(common);
  const sections = useWords(navigation);
  const { session, may } = useSession();
  const [menuOpen, menu] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { close } = menu;
  useEffect(() => close(), [path, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !menuOpen } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={menuOpen} onClick={menu.toggle} hiddenFrom="md" size="sm" aria-label={words.menu} />
            <Text fw={700} visibleFrom="xs">
              {words.product}
            </Text>
            <Text c="dimmed" size="sm" visibleFrom="lg" truncate>
              {session.practice.name}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {may('disclosures.read') ? <SearchBox /> : null}
            <ShortcutHelp />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={sections.label}>
        <ScrollArea>
          <Navigation />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {session.mustChangePassword ? (
          <Suspense fallback={<Waiting />}>
            <ChangePassword />
          </Suspense>
        ) : (
          <Outlet />
        )}
      </AppShell.Main>
    </AppShell>
  );
};
