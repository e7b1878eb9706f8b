/**
 * What is drawn for README and docs: a name, who looks, where, and when it is ready to be looked at.
 * Sizes in CSS pixels; 1280 by 800 and light unless said.
 */
const headed = (name) => (page) => page.getByRole('heading', { level: 1, name }).waitFor();

export const SHOTS = [
  { name: 'sign-in', path: '/', ready: (page) => page.getByLabel('Sign-in name').waitFor() },
  { name: 'claims', as: 'billing', path: '/claims', ready: headed('Claims and reports') },
  { name: 'claims-dark', as: 'billing', path: '/claims', scheme: 'dark', ready: headed('Claims and reports') },
];
