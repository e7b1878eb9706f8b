import { Code, Text } from '@mantine/core';
import { useWords } from '../words/language.js';
import { CellValue } from './cell-value.js';
import { disclosureWords, isSectionName } from './disclosure-words.js';
import classes from './disclosure-view.module.css';
import { InnerLink } from './inner-link.js';
import { type Entry, placesOfReason, type Reason, type Section } from './row-state.js';
import { RowStateMark } from './row-state-mark.js';

const Grounds = ({ reasons, insurer }: { readonly reasons: readonly Reason[]; readonly insurer: string }) => {
  const words = useWords(disclosureWords);
  return (
    <ul className={classes.reasons} role="list">
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.source}`}>
          {reason.sentence}{' '}
          {placesOfReason(reason, insurer).map(({ kind, name, href }) => (
            <span key={`${kind} ${href}`}>
              <InnerLink href={href} size="sm" title={name}>
                {words.place[kind](name)}
              </InnerLink>{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
};

interface RowProps {
  readonly entry: Entry;
  readonly insurer: string;
  readonly went: boolean;
}

const Row = ({ entry, insurer, went }: RowProps) => {
  const words = useWords(disclosureWords);
  const isMoney = entry.section === 'fees';
  return (
    <tr role="row" data-state={entry.state}>
      <th role="rowheader" scope="row" className={classes.field}>
        {entry.label}
        {entry.occurrence === undefined ? null : (
          <Text span size="xs" c="dimmed">
            {' '}
            {words.line(entry.occurrence)}
          </Text>
        )}
        <span className={classes.state}>
          <RowStateMark state={entry.state} went={went} />
        </span>
      </th>
      <td role="cell" className={classes.value}>
        <span className={classes.label}>{words.source}:</span>
        <CellValue cell={entry.source} absent={words.empty} isMoney={isMoney} />
      </td>
      <td role="cell" className={classes.value}>
        <span className={classes.label}>{words.outgoing}:</span>
        {entry.marker ? (
          <Code>{words.marker}</Code>
        ) : (
          <CellValue cell={entry.outgoing} absent={words.notSent} isMoney={isMoney} />
        )}
      </td>
      <td role="cell">
        <Grounds reasons={entry.reasons} insurer={insurer} />
      </td>
    </tr>
  );
};

interface DisclosureTableProps {
  readonly sections: readonly Section[];
  readonly insurer: string;
  readonly went: boolean;
}

/** Field by field: what is in the chart, what goes out, why. Roles are said, since a narrow one is no table to a browser. */
export const DisclosureTable = ({ sections, insurer, went }: DisclosureTableProps) => {
  const words = useWords(disclosureWords);
  return (
    <table role="table" className={classes.table} aria-label={words.label}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" className={classes.field}>
            {words.field}
          </th>
          <th role="columnheader" scope="col" className={classes.value}>
            {words.source}
          </th>
          <th role="columnheader" scope="col" className={classes.value}>
            {words.outgoing}
          </th>
          <th role="columnheader" scope="col">
            {words.why}
          </th>
        </tr>
      </thead>
      {sections.map(({ name, entries }) => (
        <tbody key={name} role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="rowgroup" colSpan={4} className={classes.section}>
              {words.section[isSectionName(name) ? name : 'other']}
            </th>
          </tr>
          {entries.map((entry) => (
            <Row key={entry.key} entry={entry} insurer={insurer} went={went} />
          ))}
        </tbody>
      ))}
    </table>
  );
};
