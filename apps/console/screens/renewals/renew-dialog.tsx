import { Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Renewals } from '#libs/contracts';
import { useToday } from '../../app/today.js';
import { useDo } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { LINK_TERMS, LinkTermsFields } from '../../parts/link-terms.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { renewalWords } from './words.js';

interface RenewDialogProps {
  readonly releases: readonly string[];
  readonly onClose: () => void;
  readonly onRenewed: (renewals: Renewals) => void;
}

const yearFrom = (date: string): string =>
  `${Number(date.slice(0, 4)) + 1}${date.slice(4).replace('-02-29', '-02-28')}`;

export const RenewDialog = ({ releases, onClose, onRenewed }: RenewDialogProps) => {
  const words = useWords(renewalWords);
  const today = useToday();
  const [validUntil, setValidUntil] = useState(() => yearFrom(today));
  const [withLinks, setWithLinks] = useState(true);
  const [terms, setTerms] = useState(LINK_TERMS);
  const renew = useDo('POST /v1/renewals', { then: onRenewed });
  const places = usePlaces(renew.error?.issues ?? []);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.dialog}
      save={words.save}
      onSave={() =>
        renew.mutate({
          body: {
            ...{ releases: [...releases], validUntil },
            ...(withLinks ? { link: { ...terms, days: Number(terms.days) } } : {}),
          },
        })
      }
      busy={renew.isPending}
      failure={renew.error}
      places={places}
      shown={/^\/(?:validUntil|link\/days)$/}
    >
      <Text>{words.states(releases.length)}</Text>
      <TextInput
        label={words.newEnd}
        type="date"
        required
        value={validUntil}
        onChange={(event) => setValidUntil(event.currentTarget.value)}
        {...errorAt(places, '/validUntil')}
      />
      <Switch
        label={words.withLinks}
        checked={withLinks}
        onChange={(event) => setWithLinks(event.currentTarget.checked)}
      />
      {withLinks ? <LinkTermsFields value={terms} onChange={setTerms} places={places} at="/link" /> : null}
    </FormDialog>
  );
};
