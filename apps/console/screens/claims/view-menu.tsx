import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { useDo, useRead } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { type ClaimSearch, columnsOf, filterOf, readClaimSearch } from './claim-search.js';
import { claimWords } from './words.js';

interface ViewMenuProps {
  readonly search: ClaimSearch;
  readonly onShow: (search: ClaimSearch) => void;
}

const Views = ({ search, onShow }: ViewMenuProps) => {
  const words = useWords(claimWords);
  const views = useRead('GET /v1/views', {});
  const [name, setName] = useState('');
  const save = useDo('POST /v1/views', {
    then: () => {
      setName('');
      notifications.show({ message: words.viewSaved });
    },
  });
  const remove = useDo('DELETE /v1/views/{id}', {
    then: () => notifications.show({ message: words.viewDeleted }),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const { sort } = search;
    const body = { name: name.trim(), filter: filterOf(search), columns: [...columnsOf(search)] };
    save.mutate({ body: { ...body, ...(sort === undefined ? {} : { sort }) } });
  };
  return (
    <Stack gap="sm">
      <Loaded of={views}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.viewsNone}
            </Text>
          ) : (
            <Stack component="ul" gap={2} m={0} p={0} role="list">
              {rows.map((view) => (
                <Group component="li" key={view.id} justify="space-between" wrap="nowrap">
                  <UnstyledButton
                    p={6}
                    flex={1}
                    onClick={() =>
                      onShow(readClaimSearch({ ...view.filter, columns: view.columns.join(','), sort: view.sort }))
                    }
                  >
                    <Text size="sm">{view.name}</Text>
                  </UnstyledButton>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={words.viewDelete(view.name)}
                    onClick={() => remove.mutate({ params: { id: view.id } })}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <form onSubmit={submit}>
        <Stack gap="xs">
          <TextInput
            label={words.viewName}
            description={words.viewNameAbout}
            value={name}
            required
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {save.error === null ? null : <Failure error={save.error} />}
          {remove.error === null ? null : <Failure error={remove.error} />}
          <Button type="submit" size="xs" loading={save.isPending}>
            {words.viewSave}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
};

/** Ways of looking at the list, kept for whoever made them. */
export const ViewMenu = (props: ViewMenuProps) => {
  const words = useWords(claimWords);
  return (
    <Popover position="bottom-end" width={320} withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
          {words.views}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Views {...props} />
      </Popover.Dropdown>
    </Popover>
  );
};
