import { useState } from 'react';
import type { DisclosureDetail, Explanation } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { ask } from '../../ask/ask.js';
import { useLook, useRead } from '../../ask/queries.js';
import type { ChoiceKind } from '../../parts/disclosure-gaps.js';
import { DisclosureView } from '../../parts/disclosure-view.js';
import { Failure } from '../../parts/failure.js';
import { Loaded } from '../../parts/loaded.js';
import type { Gap } from '../../parts/row-state.js';
import { ChoiceDialog } from './choice-dialog.js';
import { quotedNumbers } from './quoted-numbers.js';

const GONE: readonly DisclosureDetail['state'][] = ['sent', 'received', 'superseded'];

interface Revealed {
  /** The version of the disclosure whose values they are. */
  readonly of: number;
  readonly explanation: Explanation;
}

interface DisclosureTabProps {
  readonly detail: DisclosureDetail;
  readonly tag: string | undefined;
  readonly onReadAgain: () => void;
}

/** What goes, what is changed, what stays and why; values that need it are revealed on demand, and forgotten with the tab. */
export const DisclosureTab = ({ detail, tag, onReadAgain }: DisclosureTabProps) => {
  const { may } = useSession();
  const { id, version } = detail;
  const read = useRead('GET /v1/disclosures/{id}/explanation', { params: { id } });
  const reveal = useLook<Revealed>(async () => ({
    of: version,
    explanation: await ask('POST /v1/disclosures/{id}/reveal', { params: { id } }),
  }));
  // What was decided anew since is not what was revealed.
  const revealed = reveal.data?.of === version ? reveal.data.explanation : undefined;
  const [chosen, setChosen] = useState<{ readonly choice: ChoiceKind; readonly gap: Gap | undefined }>();
  const numbers = quotedNumbers(detail);
  return (
    <>
      {reveal.error === null ? null : <Failure error={reveal.error} />}
      <Loaded of={read}>
        {(explanation) => (
          <>
            <DisclosureView
              value={revealed ?? explanation}
              went={GONE.includes(detail.state) && detail.attempts > 0}
              phoneReference={numbers.payer ?? numbers.ours ?? ''}
              printable
              {...(may('disclosures.reveal')
                ? {
                    reveal: {
                      shown: revealed !== undefined,
                      busy: reveal.isPending,
                      show: () => reveal.mutate(),
                      hide: () => reveal.reset(),
                    },
                  }
                : {})}
              {...(may('disclosures.choose') ? { onChoose: (choice, gap) => setChosen({ choice, gap }) } : {})}
            />
            {chosen === undefined ? null : (
              <ChoiceDialog
                {...chosen}
                {...{ detail, explanation, tag, onReadAgain }}
                onClose={() => setChosen(undefined)}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
};
