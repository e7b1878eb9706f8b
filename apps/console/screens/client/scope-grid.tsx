import { Text, Title, Tooltip } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReleaseView } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { InnerLink } from '../../parts/inner-link.js';
import { NotRead } from '../../parts/not-read.js';
import { useRecipient } from '../../parts/use-recipient.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import classes from './client.module.css';
import { scopeOf, type ScopeGrant } from './scope.js';
import { onClientWords } from './words.js';

const Cell = ({ grants }: { readonly grants: readonly ScopeGrant[] | undefined }) => {
  const words = useWords(onClientWords);
  const { openRelease } = useWords(releaseWords);
  if (grants === undefined) return <span className={classes.none}>{words.nothing}</span>;
  return grants.map(({ release, revision, fields }) => (
    <Tooltip
      key={release}
      label={fields.join('; ')}
      multiline
      maw={360}
      events={{ hover: true, focus: true, touch: true }}
    >
      <div>
        <IconCheck size={14} aria-hidden />{' '}
        <InnerLink
          href={`/releases/${release}`}
          size="sm"
          aria-label={`${openRelease(revision)}: ${fields.join('; ')}`}
        >
          v{revision}
        </InnerLink>{' '}
        {words.fields(fields.length)}
      </div>
    </Tooltip>
  ));
};

/** Groups of fields against recipients and purposes: which release grants what, at a glance. */
export const ScopeGrid = ({ releases }: { readonly releases: readonly ReleaseView[] }) => {
  const words = useWords(onClientWords);
  const names = useWords(releaseWords);
  const recipient = useRecipient();
  const catalogue = useRead('GET /v1/catalogue', {});
  const presets = useRead('GET /v1/presets', {});
  if (catalogue.data === undefined || presets.data === undefined) return <NotRead of={[catalogue, presets]} />;
  const { rows: known } = presets.data;
  const categories = new Map(catalogue.data.rows.map(({ id, category }) => [id as string, category]));
  const { columns, rows } = scopeOf(releases, {
    categoryOf: (field) => categories.get(field) ?? '',
    purposesOf: ({ terms }) =>
      terms.purposes.length > 0 ? terms.purposes : (known.find(({ id }) => id === terms.preset)?.purposes ?? []),
  });
  if (columns.length === 0) return null;
  return (
    <section aria-label={words.scope}>
      <Title order={3} size="h5">
        {words.scope}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.scopeAbout}
      </Text>
      <div className={classes.scroller} role="group" aria-label={words.scope} tabIndex={0}>
        <table className={classes.grid}>
          <thead>
            <tr>
              <th scope="col">{words.group}</th>
              {columns.map((column) => (
                <th scope="col" key={column.key}>
                  {recipient(column.recipient)}
                  <Text size="xs" c="dimmed">
                    {names.purpose[column.purpose]}
                  </Text>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ category, cells }) => (
              <tr key={category}>
                <th scope="row">{names.category[category] ?? category}</th>
                {columns.map(({ key }) => (
                  <td key={key}>
                    <Cell grants={cells.get(key)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
