import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { words as wire } from '#libs/contracts';
import { useWords } from '../../words/language.js';
import { filterFaults, type LedgerSearch } from './ledger-filter.js';
import { ledgerWords } from './words.js';

/** Over what is stored in clear; every filter stands in the address, so that a list can be come back to. */
export const LedgerFilters = ({ search }: { readonly search: LedgerSearch }) => {
  const words = useWords(ledgerWords);
  const navigate = useNavigate();
  const faults = filterFaults(search);
  const set = (change: LedgerSearch): void => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== ''));
    void navigate({ to: '/ledger', search: next, replace: true });
  };
  const errorOf = (name: keyof LedgerSearch): string | undefined => {
    const fault = faults[name];
    return fault === undefined ? undefined : words[fault];
  };
  return (
    <Group align="flex-start" gap="sm">
      <NativeSelect
        label={words.kind}
        value={search.kind ?? ''}
        onChange={(event) => set({ kind: event.currentTarget.value })}
        data={[
          { value: '', label: words.anyKind },
          ...[...wire.LEDGER_KINDS].sort().map((kind) => ({ value: kind, label: kind })),
        ]}
      />
      <TextInput
        type="date"
        label={words.from}
        value={search.from ?? ''}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.to}
        value={search.to ?? ''}
        error={errorOf('to')}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <TextInput
        label={words.disclosure}
        spellCheck={false}
        maxLength={36}
        value={search.disclosure ?? ''}
        error={errorOf('disclosure')}
        onChange={(event) => set({ disclosure: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={words.client}
        spellCheck={false}
        maxLength={36}
        value={search.client ?? ''}
        error={errorOf('client')}
        onChange={(event) => set({ client: event.currentTarget.value.trim() })}
      />
      {Object.keys(search).length === 0 ? null : (
        <Button mt={25} variant="subtle" onClick={() => void navigate({ to: '/ledger', search: {} })}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
};
