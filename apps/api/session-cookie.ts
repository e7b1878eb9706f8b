import { SecretCookie } from './secret-cookie.js';

export const sessionCookie = new SecretCookie('sluice', 'session', 'Strict');
