import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Whatever fades or slides on a page has arrived: half-way it has colours that nobody is meant to read. A spinner
 * turns for ever; two frames, since what is to move says so in the first.
 */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(`(async () => {
    const ends = ({ effect }) => effect.getComputedTiming().endTime !== Infinity;
    for (let still = 0; still < 2; still = document.getAnimations().some(ends) ? 0 : still + 1) {
      await new Promise(requestAnimationFrame);
    }
  })()`);

/** What axe finds serious or critical on a page, each with the places; empty is what is asked. */
export const seriousOn = async (page: Page): Promise<readonly string[]> => {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};
