/** Defects of the kind that this suite is there to find, each planted in a copy of the build. One that is not found is a defect of the suite. */

/** Adjudicates what it gets and breaks the connection before it answers. */
const LOSSY = { kind: 'insurers', behaviour: { mode: 'lossy', every: 1 } };
/** Breaks the connection and has taken nothing in. */
const BREAKING = { kind: 'insurers', behaviour: { mode: 'down', refuse: true, scope: 'submissions' } };

const at = (point, process = 'worker') => ({ kind: 'point', point, process });

const dispatch = (name) => `libs/application/dispatch/${name}.js`;
const intake = (name) => `libs/application/intake/${name}.js`;

/** `seen`: the list of the verdict in which it must show. */
export const PLANTED = [
  {
    name: 'an ambiguous outcome counts as accepted',
    file: dispatch('record-outcomes'),
    changes: [["to: 'unknown', cause: outcome.code, dueAt: now + wait", "to: 'sent'"]],
    run: BREAKING,
    seen: 'lost',
  },
  {
    name: 'a broken connection counts as not sent',
    file: 'libs/delivery/send-outcome.js',
    changes: [
      [
        "kind: 'ambiguous',\n                code: result.failure,",
        "kind: 'not-sent',\n                code: result.failure,",
      ],
    ],
    run: LOSSY,
    seen: 'doubled',
  },
  {
    name: 'another idempotency key on every attempt',
    file: 'libs/delivery/https-transport.js',
    changes: [
      [
        "'idempotency-key': record.idempotencyKey,",
        "'idempotency-key': record.idempotencyKey + Math.floor(performance.now()),",
      ],
    ],
    run: LOSSY,
    seen: 'doubled',
  },
  {
    name: 'sent again to an insurer that cannot tell',
    file: dispatch('resolve-unknown'),
    changes: [[" || insurer?.profile.resolution === 'none'", '']],
    run: LOSSY,
    seen: 'doubled',
  },
  {
    name: 'no sweeper',
    file: 'apps/worker/run-worker.js',
    changes: [['sweep(services, practice, patience)', 'undefined']],
    run: at('K13'),
    seen: 'lost',
  },
  {
    name: 'the sweeper leaves what the queue has lost',
    file: dispatch('sweep'),
    changes: [['await transaction.disclosures.redrive(idsOf(waiting));', '']],
    run: { kind: 'queue' },
    seen: 'lost',
  },
  {
    name: 'an attempt of a dead worker is simply repeated',
    file: dispatch('sweep'),
    changes: [["to: 'unknown', cause: 'worker_died'", "to: 'sealed', cause: 'worker_died'"]],
    run: at('K17'),
    seen: 'doubled',
  },
  {
    name: 'a permit that never dies',
    file: dispatch('permit'),
    changes: [[/ \|\| monotonicNow >= [^)]*\)/, ')']],
    run: { kind: 'zombie', point: 'K13' },
    seen: 'doubled',
  },
  {
    name: 'no ledger entry before the first byte',
    file: dispatch('permit-sealed'),
    changes: [["kind: 'permitted'", "kind: 'decided'"]],
    run: at('K18'),
    seen: 'phantom',
  },
  {
    name: 'a document in a message',
    file: dispatch('decide-again'),
    changes: [
      ["await fault('K10');", 'process.stderr.write(JSON.stringify(items.map(({ dossier }) => dossier.content)));'],
    ],
    run: at('K18'),
    seen: 'leaked',
  },
  {
    name: 'blobs that are not encrypted',
    file: 'libs/access/data-key.js',
    changes: [
      ['sealBytes(blobs, pad(plain), boundTo(place))', 'plain'],
      ['unpad(openBytes(blobs, blob, boundTo(place)))', 'blob'],
    ],
    run: at('K18'),
    seen: 'leaked',
  },
  {
    name: 'answered before the commit',
    file: intake('coalesce'),
    changes: [
      [
        "await fault('K2');",
        "batch.forEach((one, index) => one.settle(accepted[index])); await new Promise((go) => setTimeout(go, 50)); await fault('K2');",
      ],
    ],
    run: at('K2', 'api'),
    seen: 'lost',
  },
  {
    name: 'an idempotency key that is not kept',
    file: intake('accept-documents'),
    changes: [['remember(transaction, submissions, results),', '']],
    run: at('K3', 'api'),
    seen: 'lost',
  },
  {
    name: 'the decision is not taken again at dispatch',
    file: dispatch('decide-again'),
    changes: [
      [
        'transaction.authority.read(clients),',
        'transaction.authority.read(clients).then((all) => new Map([...all].map(([id, one]) => [id, { ...one, revocations: [] }]))),',
      ],
    ],
    run: { kind: 'races' },
    seen: 'late',
  },
];
