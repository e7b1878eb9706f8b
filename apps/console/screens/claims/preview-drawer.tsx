import { Drawer } from '@mantine/core';
import type { DisclosureSummary } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { DisclosureView } from '../../parts/disclosure-view.js';
import { Loaded } from '../../parts/loaded.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { claimWords } from './words.js';

interface PreviewDrawerProps {
  readonly row: DisclosureSummary;
  readonly onClose: () => void;
}

/** The disclosure of a row beside the list, to look at. */
export const PreviewDrawer = ({ row, onClose }: PreviewDrawerProps) => {
  const words = useWords(claimWords);
  const { close } = useWords(common);
  const read = useRead('GET /v1/disclosures/{id}/explanation', { params: { id: row.id } });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={`${words.preview} · ${row.insurer.name}`}
      closeButtonProps={{ 'aria-label': close }}
    >
      <Loaded of={read}>
        {(explanation) => (
          <DisclosureView value={explanation} went={row.state === 'sent' || row.state === 'received'} />
        )}
      </Loaded>
    </Drawer>
  );
};
