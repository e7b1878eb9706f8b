import { Text } from '@mantine/core';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { useFieldLabels } from '../../parts/use-field-labels.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { NotRead } from '../../parts/not-read.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { CeilingCard } from './ceiling-card.js';
import { readingWords } from './words.js';

export const ReadingsScreen = () => {
  const words = useWords(readingWords);
  const { may } = useSession();
  const ceilings = useRead('GET /v1/practice/ceilings', {});
  const readings = useRead('GET /v1/readings', {});
  const labelOf = useFieldLabels();
  const choicesOf = (ceiling: string) =>
    [...(readings.data?.rows ?? [])]
      .filter((one) => one.ceiling === ceiling)
      .sort((one, other) => other.signedAt.localeCompare(one.signedAt));
  return (
    <Screen title={words.title} about={words.about}>
      {may('readings.write') ? null : (
        <Text size="sm" c="dimmed">
          {words.mayNot}
        </Text>
      )}
      <NotRead of={[readings]} />
      <Loaded of={ceilings}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={words.empty}>{words.emptyAbout}</Empty>
          ) : (
            // What concerns the practice comes first, and what limits nothing last.
            [...rows]
              .sort((one, other) => rankOf(other) - rankOf(one))
              .map((ceiling) => (
                <CeilingCard key={ceiling.id} ceiling={ceiling} choices={choicesOf(ceiling.id)} labelOf={labelOf} />
              ))
          )
        }
      </Loaded>
    </Screen>
  );
};

const rankOf = ({ enabled, concernsPractice }: { readonly enabled: boolean; readonly concernsPractice: boolean }) =>
  (enabled ? 2 : 0) + (concernsPractice ? 1 : 0);
