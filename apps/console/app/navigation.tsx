import { NavLink } from '@mantine/core';
import {
  IconBook2,
  IconBuildingBank,
  IconCalendarDue,
  IconChartBar,
  IconEyeOff,
  IconFileImport,
  IconFileInvoice,
  IconFilePlus,
  IconListCheck,
  IconReportMedical,
  IconScale,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, type LinkProps, useMatchRoute } from '@tanstack/react-router';
import type { Action } from '#libs/contracts';
import { firstPart } from '../screens/system/parts.js';
import { navigation } from '../words/navigation.js';
import { useWords } from '../words/language.js';
import { useSession } from './session.js';

interface Section {
  readonly to: NonNullable<LinkProps['to']>;
  readonly word: keyof (typeof navigation)['en'];
  readonly icon: TablerIcon;
  /** Whoever may do none of these does not see it. */
  readonly needs: readonly Action[];
  /** Where it begins, for whoever may do what they may do; else at its own address. */
  readonly begins?: (may: (action: Action) => boolean) => LinkProps['to'];
}

const SECTIONS: readonly Section[] = [
  { to: '/worklist', word: 'worklist', icon: IconListCheck, needs: ['worklist.read'] },
  { to: '/claims', word: 'claims', icon: IconFileInvoice, needs: ['disclosures.read'] },
  { to: '/invoices/new', word: 'newInvoice', icon: IconFilePlus, needs: ['invoices.submit'] },
  { to: '/reports/new', word: 'newReport', icon: IconReportMedical, needs: ['reports.submit'] },
  { to: '/clients', word: 'clients', icon: IconUsers, needs: ['clients.read'] },
  { to: '/renewals', word: 'renewals', icon: IconCalendarDue, needs: ['releases.read'] },
  { to: '/insurers', word: 'insurers', icon: IconBuildingBank, needs: ['practice.read'] },
  { to: '/readings', word: 'readings', icon: IconScale, needs: ['readings.read'] },
  { to: '/imports', word: 'imports', icon: IconFileImport, needs: ['imports.run', 'insurers.write'] },
  { to: '/shadow', word: 'shadow', icon: IconEyeOff, needs: ['invoices.submit'] },
  { to: '/ledger', word: 'ledger', icon: IconBook2, needs: ['ledger.read', 'ledger.verify', 'accounting.read'] },
  { to: '/dashboard', word: 'dashboard', icon: IconChartBar, needs: ['dashboard.read'] },
  { to: '/system', word: 'system', icon: IconSettings, needs: ['staff.manage', 'system.read'], begins: firstPart },
];

export const Navigation = () => {
  const words = useWords(navigation);
  const { may } = useSession();
  const matches = useMatchRoute();
  return (
    <>
      {SECTIONS.filter(({ needs }) => needs.some(may)).map(({ to, word, icon: Icon, begins }) => (
        <NavLink
          key={to}
          renderRoot={(props) => <Link to={begins?.(may) ?? to} {...props} />}
          label={words[word]}
          leftSection={<Icon size={18} aria-hidden />}
          active={matches({ to, fuzzy: true }) !== false}
        />
      ))}
    </>
  );
};
