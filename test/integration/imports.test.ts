import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, importOnce } from '#libs/application';
import type { ImportKind, ImportReport } from '#libs/contracts';
import type { ClientId } from '#libs/kernel';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

const HEADERS: Readonly<Record<ImportKind, string>> = {
  clients: 'code,first_name,last_name,birth_date,sex,address_line,city,region,postal,phone,email',
  coverages:
    'client_code,insurer_code,member_id,group_number,plan_name,relationship,subscriber_first_name,subscriber_last_name,subscriber_birth_date,funding,funding_evidence,assignment_signed',
  insurers: 'insurer_code,url,receiver_id,production,participation,pin,token',
  releases:
    'reference,client_code,recipient_insurer_code,recipient_class,preset,purposes,grants,service_from,service_to,valid_from,valid_until,expiry_event,statements,blanket,jurisdiction,parent_consented',
};

const client = (code: string, last = 'Invented'): string =>
  `${code},Ada,${last},1988-04-01,F,1 Nowhere Lane,Trenton,NJ,08608,,`;
const coverage = (code: string, insurer = 'harbor-mutual', member = `M-${code}`): string =>
  `${code},${insurer},${member},,,self,,,,fully-insured,yes,no`;
const release = (reference: string, code: string): string =>
  `${reference},${code},harbor-mutual,,claim-basic,,,,,,2099-12-31,,revocation conditioning redisclosure,no,,`;

const bytesOf = async function* (kind: ImportKind, rows: Iterable<string>): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(`${HEADERS[kind]}\r\n`);
  let part: string[] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length < 300) continue;
    yield Buffer.from(`${part.join('\r\n')}\r\n`);
    part = [];
  }
  yield Buffer.from(part.join('\r\n'));
};

const run = (kind: ImportKind, rows: Iterable<string>, dryRun = false): Promise<ImportReport> =>
  importFile(stage.services, stage.context, { kind, dryRun, file: bytesOf(kind, rows) });

const count = async (table: string): Promise<number> =>
  Number((await stage.database.asSuperuser(`SELECT count(*) AS n FROM ${table}`))[0]?.['n']);

const idOf = async (code: string): Promise<ClientId> => {
  const found = await stage.services.store.inPractice(stage.context, ({ clients }) => clients.byCode(code));
  if (found === undefined) throw new Error(`no client ${code}`);
  return found.id;
};

describe('a file of clients', () => {
  const rows = [client('I-1'), client('I-2', '=CMD()'), client('I-1', 'Twice'), client('I-3')];
  const told = {
    kind: 'clients',
    rows: 4,
    made: 2,
    there: 1,
    refused: 1,
    ranges: [
      { from: 2, to: 2, outcome: 'made' },
      { from: 3, to: 3, outcome: 'refused' },
      { from: 4, to: 4, outcome: 'there' },
      { from: 5, to: 5, outcome: 'made' },
    ],
    refusals: [{ row: 3, code: 'formula_refused', column: 'last_name' }],
  };

  it('is rehearsed as it would run, and nothing is kept', async () => {
    const before = [await count('client'), await count('ledger_block')];
    expect(await run('clients', rows, true)).toEqual({ ...told, dryRun: true });
    expect([await count('client'), await count('ledger_block')]).toEqual(before);
  });

  it('makes each once, also when it comes again', async () => {
    expect(await run('clients', rows)).toEqual({ ...told, dryRun: false });
    const again = await run('clients', [...rows, client('I-4')]);
    expect([again.made, again.there, again.refused]).toEqual([1, 3, 1]);
    const ada = await stage.services.store.inPractice(stage.context, ({ clients }) => clients.byCode('I-1'));
    expect(ada?.identity).toMatchObject({ firstName: 'Ada', lastName: 'Invented', birthDate: '1988-04-01' });
    // Under a key of her own.
    expect(
      await stage.database.asSuperuser('SELECT 1 FROM data_key WHERE client_id = $1 AND wrapped IS NOT NULL', [
        ada?.id,
      ]),
    ).toHaveLength(1);
  });

  it('goes on where it was broken off', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => client(`B-${index}`));
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      let parts = 0;
      for await (const part of bytesOf('clients', many)) {
        parts += 1;
        if (parts === 4) throw new Error('the line went dead');
        yield part;
      }
    };
    await expect(
      importFile(stage.services, stage.context, { kind: 'clients', dryRun: false, file: broken() }),
    ).rejects.toThrow('the line went dead');
    const rest = await run('clients', many);
    expect([rest.made, rest.there, rest.refused]).toEqual([700, 500, 0]);
    expect(rest.ranges).toEqual([
      { from: 2, to: 501, outcome: 'there' },
      { from: 502, to: 1_201, outcome: 'made' },
    ]);
  });

  it('twice at the same moment makes each once', async () => {
    const many = Array.from({ length: 600 }, (_, index) => client(`T-${index}`));
    const both = await Promise.all([run('clients', many), run('clients', many)]);
    expect(both.map(({ refused }) => refused)).toEqual([0, 0]);
    expect(both.reduce((sum, { made }) => sum + made, 0)).toBe(600);
  });

  it('of which nearly all is refused is given up', async () => {
    const wrong = (function* () {
      for (let row = 0; row < 12_000; row += 1) yield client(`W-${row}`, '@');
    })();
    const report = await run('clients', wrong);
    expect(report.stopped).toEqual({ row: 10_002, code: 'too_many_refused' });
    expect(report.ranges).toEqual([{ from: 2, to: 10_001, outcome: 'refused' }]);
  });

  it('under one idempotency key gives one report, and takes no other file', async () => {
    const asked = {
      context: stage.context,
      claim: { key: 'K', route: 'POST /v1/imports/clients', principal: 'staff:1', status: 200 },
    };
    const send = (rows_: readonly string[]) =>
      importOnce(stage.services, asked, { kind: 'clients', file: bytesOf('clients', rows_) });
    const first = valueOf(await send([client('K-1')]));
    const second = valueOf(await send([client('K-1')]));
    expect([first.replayed, second.replayed, second.report]).toEqual([false, true, first.report]);
    const other = await send([client('K-2')]);
    expect(other.ok ? [] : other.issues.map(({ code }) => code)).toEqual(['idempotency_key_reused']);
    await expect(idOf('K-2')).rejects.toThrow();
  });
});

describe('a file of coverages', () => {
  it('finds client and insurer by code, and makes none twice', async () => {
    await run('clients', [client('V-1'), client('V-2')]);
    const rows = [
      coverage('V-1'),
      coverage('V-2'),
      coverage('V-1', 'maple-extended'),
      coverage('NOBODY'),
      coverage('V-1', 'nobody-insures'),
      coverage('V-2').replace('self', 'spouse'),
      coverage('V-2', 'maple-extended').replace('self', 'spouse'),
    ];
    const refusals = [
      { row: 5, code: 'unknown_reference', column: 'client_code' },
      { row: 6, code: 'unknown_reference', column: 'insurer_code' },
      { row: 8, code: 'subscriber_missing', column: 'subscriber_last_name' },
    ];
    expect(await run('coverages', rows, true)).toMatchObject({ made: 3, there: 1, refused: 3, refusals });
    expect(await run('coverages', rows)).toMatchObject({ made: 3, there: 1, refused: 3, refusals });
    expect(await run('coverages', rows)).toMatchObject({ made: 0, there: 4, refused: 3 });
    const of = await stage.services.store.inPractice(stage.context, async ({ clients }) =>
      clients.coveragesOf((await clients.byCode('V-1'))?.id ?? ('' as ClientId)),
    );
    expect(of).toHaveLength(2);
    expect(of[0]).toMatchObject({ funding: 'fully-insured', fundingEvidence: true, assignmentSigned: false });
  });

  it('knows one that was recorded by hand', async () => {
    const party = await stage.client('harbor-mutual');
    const code = await stage.services.store.inPractice(
      stage.context,
      async ({ clients }) => (await clients.byIds([party.client])).get(party.client)?.code,
    );
    expect(await run('coverages', [coverage(code ?? '', 'harbor-mutual', 'ZZ000111')])).toMatchObject({ there: 1 });
  });
});

describe('a file of insurers', () => {
  it('makes of each a connection and a lane, and never over plain HTTP in earnest', async () => {
    const other = await Stage.open();
    try {
      const row = (code: string, url: string, production = 'no'): string =>
        `${code},${url},RCV1,${production},A,,token-1`;
      // The stage has made these already; one that only the installation knows is not among them.
      const rows = [row('harbor-mutual', 'https://harbor.example'), row('nobody', 'https://nobody.example')];
      const report = await importFile(other.services, other.context, {
        kind: 'insurers',
        dryRun: false,
        file: bytesOf('insurers', rows),
      });
      expect(report).toMatchObject({ made: 0, there: 1, refused: 1 });
      expect(report.refusals).toEqual([{ row: 3, code: 'unknown_profile', column: 'insurer_code' }]);
      await other.database.asSuperuser('TRUNCATE lane, insurer CASCADE');
      const anew = await importFile(other.services, other.context, {
        kind: 'insurers',
        dryRun: false,
        file: bytesOf('insurers', [
          row('maple-extended', 'http://maple.example', 'yes'),
          row('harbor-mutual', 'https://harbor.example', 'yes'),
        ]),
      });
      expect(anew.refusals).toEqual([{ row: 2, code: 'plain_connection', column: 'url' }]);
      const made = await other.services.store.inPractice(other.context, async ({ practice, lanes }) => {
        const insurers = [...(await practice.insurers()).values()];
        return { insurers, lanes: await lanes.ofInsurers(insurers.map(({ id }) => id)) };
      });
      expect(
        made.insurers.map(({ profile, connection, token }) => [profile.id, connection.participation, token]),
      ).toEqual([['harbor-mutual', 'A', 'token-1']]);
      expect(made.lanes.size).toBe(1);
    } finally {
      await other.close();
    }
  });
});

describe('a file of releases', () => {
  it('makes drafts and nothing that is in force, once by reference', async () => {
    await run('clients', [client('R-1')]);
    const rows = [release('P-1', 'R-1'), release('P-2', 'R-1').replace('claim-basic', 'nothing-known')];
    expect(await run('releases', rows, true)).toMatchObject({ made: 1, refused: 1 });
    const report = await run('releases', rows);
    expect(report.refusals).toEqual([{ row: 3, code: 'unknown_preset', column: 'preset' }]);
    expect(await run('releases', rows)).toMatchObject({ made: 0, there: 1, refused: 1 });
    const id = await idOf('R-1');
    const { papers, authority } = await stage.services.store.inPractice(stage.context, async (transaction) => ({
      papers: await transaction.authority.releases(id),
      authority: (await transaction.authority.read([id])).get(id),
    }));
    expect(papers.map(({ status, terms }) => [status, terms.preset, terms.parentConsentedToTreatment])).toEqual([
      ['draft', 'claim-basic', 'unknown'],
    ]);
    expect(authority?.releases).toEqual([]);
  });
});

describe('a large file', () => {
  it('is read in batches: memory does not grow with it', async () => {
    const rows = (from: number, upTo: number) =>
      (function* () {
        for (let row = from; row < upTo; row += 1) yield client(`L-${row}`);
      })();
    await run('clients', rows(0, 2_000));
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const report = await run('clients', rows(2_000, 12_000));
    const seconds = (performance.now() - started) / 1_000;
    expect(report).toMatchObject({ made: 10_000, refused: 0, ranges: [{ from: 2, to: 10_001 }] });
    process.stdout.write(`10,000 clients in ${seconds.toFixed(1)} s\n`);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576);
  });
});
