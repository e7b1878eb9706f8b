import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type Asked, type AskFailure, fetchRoute } from '../../ask/ask.js';
import { notifications } from '@mantine/notifications';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { useToday } from '../../app/today.js';
import { claimWords } from './words.js';

type Query = NonNullable<Asked<'GET /v1/disclosures/export'>['query']>;

const save = (blob: Blob, today: string): void => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `submissions-${today}.csv`;
  link.click();
  URL.revokeObjectURL(url);
};

/** What the filters show, as comma-separated values. */
export const ExportButton = ({ query }: { readonly query: Query }) => {
  const words = useWords(claimWords);
  const today = useToday();
  const { unreachable, unexpected } = useWords(common);
  const run = useMutation<undefined, AskFailure>({
    mutationFn: async () => {
      const answer = await fetchRoute('GET /v1/disclosures/export', { query, accept: 'text/csv' });
      save(await answer.blob(), today);
      return undefined;
    },
    onError: ({ code, title }) =>
      notifications.show({
        color: 'red',
        message: code === 'unreachable' ? unreachable : title === '' ? unexpected : title,
      }),
  });
  return (
    <Button
      variant="default"
      title={words.csvAbout}
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={run.isPending}
      onClick={() => run.mutate()}
    >
      {words.csv}
    </Button>
  );
};
