import { Checkbox, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CeilingView, ReadingEffectView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { ask, type AskFailure, rehearse } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { Effect } from './effect.js';
import { readingWords } from './words.js';

/** What a privacy officer is about to sign. */
export type Intent =
  | { readonly kind: 'choose'; readonly choice: NonNullable<CeilingView['chosen']> }
  | { readonly kind: 'revoke'; readonly id: string };

interface ChooseDialogProps {
  readonly ceiling: CeilingView;
  readonly intent: Intent;
  readonly onClose: () => void;
}

const effectOf = (ceiling: string, intent: Intent): Promise<ReadingEffectView> =>
  intent.kind === 'choose'
    ? rehearse('POST /v1/readings', { body: { ceiling, choice: intent.choice } })
    : ask('GET /v1/readings/{id}/revocation-effect', { params: { id: intent.id } });

/** Says what will change before it is signed: which claims go that hold now, and which hold that would go. */
export const ChooseDialog = ({ ceiling, intent, onClose }: ChooseDialogProps) => {
  const words = useWords(readingWords);
  const { session } = useSession();
  const [signed, setSigned] = useState(false);
  const effect = useQuery<ReadingEffectView, AskFailure>({
    queryKey: ['effect of a reading', ceiling.id, intent],
    queryFn: () => effectOf(ceiling.id, intent),
  });
  const ended = (message: string): void => {
    notifications.show({ message });
    onClose();
  };
  const choose = useDo('POST /v1/readings', { then: () => ended(words.chosenNotice) });
  const revoke = useDo('POST /v1/readings/{id}/revoke', { then: () => ended(words.revokedNotice) });
  const literal = intent.kind === 'choose' && intent.choice.kind === 'literal';
  const title = intent.kind === 'revoke' ? words.revokeTitle : literal ? words.literalTitle : words.chooseTitle;
  const states =
    intent.kind === 'revoke'
      ? words.statesRevoked(ceiling.citation)
      : intent.choice.kind === 'literal'
        ? words.statesLiteral(ceiling.citation)
        : words.states(ceiling.citation, intent.choice.reading);
  return (
    <ConfirmDialog
      opened
      title={title}
      confirm={title}
      busy={choose.isPending || revoke.isPending}
      disabled={!signed || effect.data === undefined}
      error={choose.error ?? revoke.error}
      onClose={onClose}
      onConfirm={() => {
        if (intent.kind === 'revoke') revoke.mutate({ params: { id: intent.id } });
        else choose.mutate({ body: { ceiling: ceiling.id, choice: intent.choice } });
      }}
    >
      <Text>{states}</Text>
      {effect.isPending ? <Text size="sm">{words.looking}</Text> : null}
      <Loaded of={effect}>{(found) => <Effect effect={found} />}</Loaded>
      <Checkbox
        label={words.sign}
        description={words.signAs(session.name ?? session.actor)}
        checked={signed}
        onChange={(event) => setSigned(event.currentTarget.checked)}
      />
    </ConfirmDialog>
  );
};
