import { NavLink } from '@mantine/core';
import { IconFileInvoice, IconListCheck, type TablerIcon } from '@tabler/icons-react';
import { Link, type LinkProps, useMatchRoute } from '@tanstack/react-router';
import type { Action } from '#libs/contracts';
import { navigation } from '../words/navigation.js';
import { useWords } from '../words/language.js';
import { useSession } from './session.js';

interface Section {
  readonly to: NonNullable<LinkProps['to']>;
  readonly word: keyof (typeof navigation)['en'];
  readonly icon: TablerIcon;
  /** Whoever may do none of these does not see it. */
  readonly needs: readonly Action[];
}

const SECTIONS: readonly Section[] = [
  { to: '/worklist', word: 'worklist', icon: IconListCheck, needs: ['worklist.read'] },
  { to: '/claims', word: 'claims', icon: IconFileInvoice, needs: ['disclosures.read'] },
];

export const Navigation = () => {
  const words = useWords(navigation);
  const { may } = useSession();
  const matches = useMatchRoute();
  return (
    <>
      {SECTIONS.filter(({ needs }) => needs.some(may)).map(({ to, word, icon: Icon }) => (
        <NavLink
          key={to}
          renderRoot={(props) => <Link to={to} {...props} />}
          label={words[word]}
          leftSection={<Icon size={18} aria-hidden />}
          active={matches({ to, fuzzy: true }) !== false}
        />
      ))}
    </>
  );
};
