import { Badge, NavLink, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { WorklistCounts, WorklistQueue } from '#libs/contracts';
import { useWords } from '../../words/language.js';
import classes from './worklist.module.css';
import type { WorklistSearch } from './worklist-search.js';
import { worklistWords } from './words.js';

interface QueueListProps {
  readonly counts: WorklistCounts;
  readonly current: WorklistQueue;
  readonly search: WorklistSearch;
}

/** The queues with what waits in each. */
export const QueueList = ({ counts, current, search }: QueueListProps) => {
  const words = useWords(worklistWords);
  return (
    <nav aria-label={words.queues} className={classes.queues}>
      <Stack gap={2}>
        {counts.queues.map(({ queue, count }) => (
          <NavLink
            key={queue}
            renderRoot={(props) => (
              <Link
                to="/worklist"
                search={{ ...search, queue }}
                {...props}
                {...(queue === current ? { 'aria-current': 'page' } : {})}
              />
            )}
            label={words.queue[queue]}
            active={queue === current}
            rightSection={
              <Badge variant={count.counted === 0 ? 'default' : 'light'} color="gray" tt="none">
                {words.count(count.counted, count.more)}
              </Badge>
            }
          />
        ))}
      </Stack>
    </nav>
  );
};
