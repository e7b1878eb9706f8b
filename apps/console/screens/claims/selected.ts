import { useCallback, useMemo, useState } from 'react';
import type { DisclosureSummary } from '#libs/contracts';
import { ask, type Asked } from '../../ask/ask.js';

type Query = NonNullable<Asked<'GET /v1/disclosures'>['query']>;
type Row = DisclosureSummary;

const readMatching = async ({ most, ...query }: Query & { readonly most: number }): Promise<readonly Row[]> => {
  const found: Row[] = [];
  let after: string | undefined;
  do {
    const page = await ask('GET /v1/disclosures', {
      query: { ...query, limit: '100', ...(after === undefined ? {} : { after }) },
    });
    found.push(...page.rows);
    after = page.next;
  } while (after !== undefined && found.length < most);
  return found.slice(0, most);
};

/** The rows that are selected, as they were when they were selected: what is done is done to what was seen. */
export const useSelected = (rows: readonly Row[]) => {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const [busy, setBusy] = useState(false);
  const ids = useMemo(() => new Set(chosen.keys()), [chosen]);
  const change = useCallback(
    (to: ReadonlySet<string>) => {
      const known = new Map(rows.map((row) => [row.id, row]));
      setChosen((before) => {
        const kept = [...to].flatMap((id): readonly (readonly [string, Row])[] => {
          const row = before.get(id) ?? known.get(id);
          return row === undefined ? [] : [[id, row]];
        });
        return new Map(kept);
      });
    },
    [rows],
  );
  const selectMatching = useCallback((query: Query & { readonly most: number }) => {
    setBusy(true);
    readMatching(query)
      // What cannot be read is not selected; the list itself says why.
      .then(
        (found) => setChosen(new Map(found.map((row) => [row.id, row]))),
        () => undefined,
      )
      .finally(() => setBusy(false));
  }, []);
  return { ids, rows: useMemo(() => [...chosen.values()], [chosen]), change, selectMatching, busy };
};
