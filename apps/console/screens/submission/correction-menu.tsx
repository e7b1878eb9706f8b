import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import type { DisclosureDetail } from '#libs/contracts';
import { useDo, useRead } from '../../ask/queries.js';
import { NotRead } from '../../parts/not-read.js';
import { useWords } from '../../words/language.js';
import { ConfirmDialog } from './confirm-dialog.js';
import type { Correction } from './corrections.js';
import { useUnderRelease } from './expiry.js';
import { InvoiceCorrection } from './invoice-correction.js';
import { quotedNumbers } from './quoted-numbers.js';
import { VoidAgain } from './void-again.js';
import { submissionWords } from './words.js';

interface CorrectionMenuProps {
  readonly detail: DisclosureDetail;
  readonly tag: string | undefined;
  readonly offered: readonly Correction[];
  readonly open: Correction | undefined;
  readonly onOpen: (correction: Correction | undefined) => void;
  readonly onReadAgain: () => void;
}

/** Amend, replace, void, send again (a void as it was) or cancel; each says what it means before it is done. */
export const CorrectionMenu = ({ detail, tag, offered, open, onOpen, onReadAgain }: CorrectionMenuProps) => {
  const words = useWords(submissionWords);
  const router = useRouter();
  const { id, insurer } = detail;
  const explanation = useRead(
    'GET /v1/disclosures/{id}/explanation',
    { params: { id } },
    { enabled: open !== undefined },
  );
  const under = useUnderRelease(explanation.data);
  const close = (): void => onOpen(undefined);
  const done = (correction: Correction, made?: string): void => {
    close();
    notifications.show({ message: words.done[correction] });
    if (made !== undefined) router.history.push(`/claims/${made}`);
  };
  const cancel = useDo('POST /v1/disclosures/{id}/cancel', { then: () => done('cancel') });
  const undo = useDo('POST /v1/disclosures/{id}/void', {
    then: ({ disclosures }) => done('void', disclosures[0]?.id),
  });
  if (offered.length === 0 && open === undefined) return null;
  const counts = explanation.data?.counts;
  const shared = {
    onClose: close,
    onShow: () => {
      onReadAgain();
      close();
    },
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {words.correction.menu}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((one) => (
            <Menu.Item key={one} {...(one === 'cancel' ? { color: 'red' } : {})} onClick={() => onOpen(one)}>
              {words.correction[one]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open === 'amend' || open === 'replace' || open === 'resubmit' ? (
        <InvoiceCorrection kind={open} detail={detail} under={under} onClose={close} onDone={done} />
      ) : null}
      {open === 'cancel' ? (
        <ConfirmDialog
          {...shared}
          title={words.correction.cancel}
          statement={words.cancelAsk(insurer.name)}
          confirm={words.confirm.cancel}
          busy={cancel.isPending}
          failure={cancel.error}
          onConfirm={() => cancel.mutate({ params: { id }, ...(tag === undefined ? {} : { ifMatch: tag }) })}
        />
      ) : null}
      {open === 'void-again' ? (
        <VoidAgain {...shared} detail={detail} under={under} onDone={(made) => done('void-again', made)} />
      ) : null}
      {open === 'void' ? (
        <ConfirmDialog
          {...shared}
          title={words.correction.void}
          statement={words.voidAsk(
            (counts?.goes ?? 0) + (counts?.changed ?? 0),
            insurer.name,
            quotedNumbers(detail).payer ?? '',
          )(under)}
          confirm={words.confirm.void}
          busy={undo.isPending || (counts === undefined && explanation.error === null)}
          failure={undo.error}
          onConfirm={() => {
            // Nobody confirms what they were not told.
            if (counts !== undefined) undo.mutate({ params: { id } });
          }}
        >
          <NotRead of={[explanation]} />
        </ConfirmDialog>
      ) : null}
    </>
  );
};
