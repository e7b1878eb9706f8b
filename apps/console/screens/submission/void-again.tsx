import type { DisclosureDetail } from '#libs/contracts';
import { useDo, useTagged } from '../../ask/queries.js';
import { useWords } from '../../words/language.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { submissionWords } from './words.js';

interface VoidAgainProps {
  readonly detail: DisclosureDetail;
  readonly under: string;
  readonly onClose: () => void;
  readonly onShow: () => void;
  readonly onDone: (made?: string) => void;
}

/** Sends a void again that the insurer refused: with the invoice as it was sent, for a void says no other. */
export const VoidAgain = ({ detail, under, onClose, onShow, onDone }: VoidAgainProps) => {
  const words = useWords(submissionWords);
  const { id, insurer } = detail;
  const read = useTagged('GET /v1/documents/{id}', { params: { id: detail.document } });
  const again = useDo('POST /v1/disclosures/{id}/resubmission', {
    then: ({ disclosures }) => onDone(disclosures[0]?.id),
  });
  const content = read.data?.body.content;
  return (
    <ConfirmDialog
      title={words.correction['void-again']}
      statement={`${words.voidAgainAsk(insurer.name)} ${words.decidedAnew(insurer.name, under)}`}
      confirm={words.correction['void-again']}
      busy={again.isPending || (content === undefined && read.error === null)}
      failure={again.error ?? read.error}
      onConfirm={() => {
        if (content?.kind === 'invoice') again.mutate({ params: { id }, body: content.invoice });
      }}
      onClose={onClose}
      onShow={onShow}
    />
  );
};
