import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { words as lists } from '#libs/contracts';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import type { ColumnName } from './claim-search.js';
import { claimWords } from './words.js';

interface ColumnMenuProps {
  readonly shown: readonly ColumnName[];
  readonly onChange: (columns: readonly ColumnName[]) => void;
}

/** Which columns are shown; the last one stays. */
export const ColumnMenu = ({ shown, onChange }: ColumnMenuProps) => {
  const { columns } = useWords(common);
  const words = useWords(claimWords);
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          {columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" role="group" aria-label={columns}>
          {lists.DISCLOSURE_COLUMNS.map((name) => (
            <Checkbox
              key={name}
              label={words.columns[name]}
              checked={shown.includes(name)}
              disabled={shown.length === 1 && shown[0] === name}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...shown, name] : shown.filter((one) => one !== name))
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
