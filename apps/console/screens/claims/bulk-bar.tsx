import { Button, Group, Paper, Text } from '@mantine/core';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { MOST_AT_ONCE } from './bulk-action.js';
import classes from './claims.module.css';
import { claimWords } from './words.js';

interface BulkBarProps {
  readonly count: number;
  /** How many match the filters, as far as it is known. */
  readonly matching: number;
  readonly busy: boolean;
  readonly onSelectMatching: () => void;
  readonly onClear: () => void;
  readonly onAct: () => void;
}

/** What can be done with what is selected. */
export const BulkBar = ({ count, matching, busy, onSelectMatching, onClear, onAct }: BulkBarProps) => {
  const words = useWords(claimWords);
  const { selected } = useWords(common);
  const most = Math.min(matching, MOST_AT_ONCE);
  return (
    <Paper withBorder shadow="md" p="xs" className={classes.bulk} role="region" aria-label={selected(count)}>
      <Group gap="sm">
        <Text size="sm" fw={600} role="status">
          {selected(count)}
        </Text>
        {count > MOST_AT_ONCE ? (
          <Text size="sm" c="red">
            {words.tooMany(MOST_AT_ONCE)}
          </Text>
        ) : null}
        <Button size="xs" disabled={count > MOST_AT_ONCE} onClick={onAct}>
          {words.bulk}
        </Button>
        {count < most ? (
          <Button size="xs" variant="default" loading={busy} onClick={onSelectMatching}>
            {words.selectMatching(most)}
          </Button>
        ) : null}
        <Button size="xs" variant="subtle" onClick={onClear}>
          {words.clearSelection}
        </Button>
      </Group>
    </Paper>
  );
};
