import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconLock,
  IconLogout,
  IconMoon,
  IconPassword,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { useSession } from './session.js';

/** Who is signed in, light or dark, lock, sign out. */
export const PersonMenu = () => {
  const words = useWords(common);
  const { session, lock, signOut } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const name = session.name ?? session.actor;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={name}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name} · {session.roles.join(', ')}
        </Menu.Label>
        <Menu.Item leftSection={<IconSun size={16} aria-hidden />} onClick={() => setColorScheme('light')}>
          {words.themeLight}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} aria-hidden />} onClick={() => setColorScheme('dark')}>
          {words.themeDark}
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceDesktop size={16} aria-hidden />} onClick={() => setColorScheme('auto')}>
          {words.themeAuto}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPassword size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/password" {...props} />}
        >
          {words.password}
        </Menu.Item>
        <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={lock}>
          {words.lock}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
