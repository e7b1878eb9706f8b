import type { ListFilter, WantedList } from '#libs/application';
import type { ExportQuery } from '#libs/contracts';
import type { RequestContext } from '../use-cases/asked.js';

/** The query's words as the application has them. */
export const wantedOf = (context: RequestContext, query: ExportQuery): WantedList => {
  const { sort, state, status, format, purpose, ...same } = query;
  const filter: ListFilter = {
    ...same,
    ...(state === undefined ? {} : { states: state }),
    ...(status === undefined ? {} : { statuses: status }),
    ...(format === undefined ? {} : { formats: format }),
    ...(purpose === undefined ? {} : { purposes: purpose }),
  };
  return { filter, order: sort ?? [], reach: context.reach };
};

/** How far anything is counted. */
const MOST_COUNTED = 10_000;

/** One more is enough to know that there are more. */
export const COUNT_UP_TO = MOST_COUNTED + 1;

export const boundedCount = (found: number): { counted: number; more: boolean } => ({
  counted: Math.min(found, MOST_COUNTED),
  more: found > MOST_COUNTED,
});
