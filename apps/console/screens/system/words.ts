import { catalogue } from '../../words/language.js';

export const systemWords = catalogue({
  en: {
    sections: 'Parts of the system',
    people: 'People',
    keys: 'API keys',
    webhooks: 'Webhooks',
    queues: 'Queues',
    health: 'Health',
    mayNot: 'Your roles allow none of this.',
    never: 'never',
    every: 'read again every few seconds',
  },
});
