import { useState } from 'react';
import type { DocumentView } from '#libs/contracts';
import { useTagged } from '../ask/queries.js';

type Content = DocumentView['content'];

export interface Amending {
  readonly document: string;
  /** Of what was read last. */
  readonly tag: string;
  /** What somebody else made of it since the form was opened, once it was asked for. */
  readonly theirs?: Content;
  readonly onShowTheirs: () => void;
}

/** A document that waits, as it was when the form was opened: what is being written is not swept away by a newer one. */
export const useAmending = (document: string) => {
  const read = useTagged('GET /v1/documents/{id}', { params: { id: document } });
  const [opened, setOpened] = useState<Content>();
  const [tag, setTag] = useState('');
  const [theirs, setTheirs] = useState<Content>();
  if (opened === undefined && read.data !== undefined) {
    setOpened(read.data.body.content);
    setTag(read.data.tag ?? '');
  }
  const amending: Amending = {
    ...{ document, tag },
    ...(theirs === undefined ? {} : { theirs }),
    onShowTheirs: () =>
      void read.refetch().then(({ data }) => {
        if (data === undefined) return;
        setTag(data.tag ?? '');
        setTheirs(data.body.content);
      }),
  };
  return { data: opened, error: read.error, refetch: read.refetch, amending };
};
