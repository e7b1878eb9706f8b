import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../../app/session.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { AccountingView } from './accounting-view.js';
import { EntriesView } from './entries-view.js';
import { ProofView } from './proof-view.js';
import { ledgerWords } from './words.js';

const VIEWS = [
  { view: 'entries', word: 'viewEntries', needs: 'ledger.read' },
  { view: 'accounting', word: 'viewAccounting', needs: 'accounting.read' },
  { view: 'proof', word: 'viewProof', needs: 'ledger.verify' },
] as const;

export const LedgerScreen = () => {
  const words = useWords(ledgerWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const { view, ...search } = useSearch({ from: '/ledger' });
  const allowed = VIEWS.filter(({ needs }) => may(needs));
  const shown = (allowed.find((one) => one.view === view) ?? allowed[0])?.view ?? 'entries';
  return (
    <Screen title={words.title} about={words.about}>
      <Tabs
        value={shown}
        keepMounted={false}
        onChange={(next) =>
          void navigate({ to: '/ledger', search: next === null || next === 'entries' ? {} : { view: next } })
        }
      >
        <Tabs.List aria-label={words.views}>
          {allowed.map((one) => (
            <Tabs.Tab key={one.view} value={one.view}>
              {words[one.word]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="entries" pt="md">
          <EntriesView search={search} />
        </Tabs.Panel>
        <Tabs.Panel value="accounting" pt="md">
          <AccountingView client={search.client} />
        </Tabs.Panel>
        <Tabs.Panel value="proof" pt="md">
          <ProofView />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
};
