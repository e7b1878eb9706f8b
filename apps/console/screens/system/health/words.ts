import type { SystemHealth } from '#libs/contracts';
import { catalogue } from '../../../words/language.js';

type Name = SystemHealth['checks'][number]['name'];

const checks: Readonly<Record<Name, { readonly title: string; readonly about: string }>> = {
  api: { title: 'Gateway', about: 'Answers requests: you are reading one of its answers.' },
  database: { title: 'Database', about: 'Holds everything that is true.' },
  worker: { title: 'Workers', about: 'Send documents and collect answers.' },
  'ledger-head': { title: 'Ledger', about: 'The newest block agrees with the head of the chain.' },
  checkpoint: { title: 'Checkpoint', about: 'A signature over the ledger as it ended, made about every hour.' },
  quarantine: {
    title: 'Quarantine',
    about: 'Answers that match nothing here or do not add up, and stops after a restore.',
  },
};

const codes: Readonly<Record<string, string>> = {
  worker_never_seen: 'No worker has ever reported. Start one: nothing is sent until then.',
  worker_silent: 'No worker has reported for a minute. Restart it: nothing is sent until then.',
  head_mismatch: 'The ledger’s head does not agree with its last block. Stop and call whoever runs this installation.',
  checkpoint_overdue: 'Nobody has signed the ledger for two hours. A worker does it; see whether one runs.',
  answers_set_aside: 'Answers came that match nothing. Somebody should look at them.',
};

export const healthWords = catalogue({
  en: {
    about: 'Whether each part of the installation works.',
    overall: {
      ok: 'Everything works.',
      warning: 'It works, and somebody should look.',
      failed: 'Something does not work.',
    },
    checks,
    status: { ok: 'works', warning: 'look at it', failed: 'does not work' },
    codes,
    codeOf: (code: string) => `Code: ${code}`,
    last: (when: string) => `Last: ${when}`,
    counts: {
      worker: (count: number) => `${count} running`,
      'ledger-head': (count: number) => `${count.toLocaleString('en-US')} blocks`,
      quarantine: (count: number) => `${count} set aside`,
    },
    asOf: (when: string) => `As of ${when}; read again every few seconds.`,
  },
});
