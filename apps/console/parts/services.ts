import type { DisclosureSummary } from '#libs/contracts';
import { day } from './format.js';

/** The first and last day on which something was done; empty where nothing was. */
export const servicesOf = ({
  firstServiceOn,
  lastServiceOn,
}: Pick<DisclosureSummary, 'firstServiceOn' | 'lastServiceOn'>): string => {
  if (firstServiceOn === undefined) return '';
  return lastServiceOn === undefined || lastServiceOn === firstServiceOn
    ? day(firstServiceOn)
    : `${day(firstServiceOn)} – ${day(lastServiceOn)}`;
};
