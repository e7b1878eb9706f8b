import { SecretCookie } from '../secret-cookie.js';

export const VISIT_SECONDS = 20 * 60;

/** Lax: a link in a letter is opened from elsewhere. What changes something is a POST, which takes no cookie from there. */
export const visitCookie = new SecretCookie('sluice-sign', 'signing-visit', 'Lax');
