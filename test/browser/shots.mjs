/**
 * What is drawn for README and docs: a name, who looks, where, and when it is ready to be looked at.
 * Sizes in CSS pixels; 1280 by 800 and light unless said.
 */
const headed = (name) => (page) => page.getByRole('heading', { level: 1, name }).waitFor();

/** From the list to the first claim that has got so far. */
const opened = (status) => async (page) => {
  await headed('Claims and reports')(page);
  await page.getByRole('row').filter({ hasText: status }).first().dblclick();
  await page.getByRole('tab').first().waitFor();
  await page.getByRole('region').first().waitFor();
};

export const SHOTS = [
  { name: 'worklist', as: 'billing', path: '/worklist', ready: headed('Worklist') },
  { name: 'claims', as: 'billing', path: '/claims', ready: headed('Claims and reports') },
  { name: 'submission', as: 'billing', path: '/claims', height: 1000, ready: opened('paid') },
  { name: 'held', as: 'billing', path: '/claims', height: 1000, scheme: 'dark', ready: opened('held') },
  { name: 'readings', as: 'privacy', path: '/readings', ready: headed(/Readings/) },
  { name: 'dashboard', as: 'privacy', path: '/dashboard', height: 1000, ready: headed('Dashboard') },
  { name: 'telephone', as: 'billing', path: '/worklist', width: 390, height: 800, ready: headed('Worklist') },
];
