import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Insurer } from './insurer.js';
import { referenceOf } from './report-review.js';
import type { SubmissionPath } from './ledger-row.js';

/** Where the practice has its inbox for this insurer, and by what it lets it in. */
export const inboxSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(300),
  clientId: z.string().min(1).max(100),
  clientSecret: z.string().min(1).max(100),
  /** What is fetched is taken in and not acknowledged, as by an insurer that fails in between. */
  forgetful: z.boolean().default(false),
});

type Inbox = z.output<typeof inboxSchema>;

const tokenSchema = z.looseObject({ access_token: z.string().min(1), token_type: z.literal('Bearer') });

const decisionSchema = z.looseObject({ kind: z.literal('treatment-report-decision'), reference: z.string() });

const pageSchema = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string().min(1),
      format: z.enum(['x12-837p', 'treatment-report', 'statement', 'receipt']),
      mediaType: z.string(),
      size: z.int(),
      digest: z.string(),
      arrivedAt: z.string(),
      attempt: z.int(),
    }),
  ),
  next: z.string().optional(),
});

type Item = z.output<typeof pageSchema>['rows'][number];

/** What came of one round. */
export interface Pulled {
  readonly listed: number;
  readonly fetched: number;
  /** Listed, and not there any more when it was asked for. */
  readonly gone: number;
  readonly answered: number;
}

const PATHS: Readonly<Record<Item['format'], SubmissionPath>> = {
  'x12-837p': 'claims',
  'treatment-report': 'treatment-reports',
  statement: 'statements',
  receipt: 'statements',
};

/** An insurer that comes and fetches. What it fetched is on disk before the practice hears that it has it. */
export class Pulling {
  private handedIn = 0;
  /** Items by the reference that stands in the report that was fetched. */
  private readonly reports = new Map<string, string>();

  constructor(private readonly insurer: Insurer) {}

  async round(inbox: Inbox): Promise<Pulled> {
    const token = await this.token(inbox);
    const items = await this.list(inbox, token);
    let [fetched, gone] = [0, 0];
    for (const item of items) {
      if (await this.take(inbox, token, item)) fetched += 1;
      else gone += 1;
    }
    return { listed: items.length, fetched, gone, answered: inbox.forgetful ? 0 : await this.answer(inbox, token) };
  }

  private async token({ url, clientId, clientSecret }: Inbox): Promise<string> {
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
    const answer = await fetch(`${url}/v1/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    if (answer.status !== 200) throw new Error(`no token: ${answer.status}`);
    return tokenSchema.parse(await answer.json()).access_token;
  }

  private ask(inbox: Inbox, token: string, request: { readonly path: string } & RequestInit): Promise<Response> {
    const { path, ...init } = request;
    return fetch(`${inbox.url}/v1/inbox${path}`, {
      redirect: 'error',
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  /** From the beginning every time: what waits is what was not acknowledged. */
  private async list(inbox: Inbox, token: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let after = ''; ;) {
      const answer = await this.ask(inbox, token, { path: `?limit=50${after}` });
      if (answer.status !== 200) throw new Error(`no list: ${answer.status}`);
      const page = pageSchema.parse(await answer.json());
      items.push(...page.rows);
      if (page.next === undefined) return items;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }

  private async take(inbox: Inbox, token: string, item: Item): Promise<boolean> {
    const answer = await this.ask(inbox, token, { path: `/${item.id}` });
    if (answer.status === 410) return false;
    if (answer.status !== 200) throw new Error(`no item: ${answer.status}`);
    const body = Buffer.from(await answer.arrayBuffer());
    if (createHash('sha256').update(body).digest('hex') !== item.digest)
      throw new Error('other bytes than were listed');
    const { receipt } = this.insurer.receive({
      path: PATHS[item.format],
      idempotencyKey: item.id,
      mediaType: item.mediaType,
      body,
      complete: true,
    });
    if (item.format === 'treatment-report') this.noteReport(item.id, body);
    if (!inbox.forgetful) await this.acknowledge(inbox, token, { id: item.id, receipt });
    return true;
  }

  private async acknowledge(
    inbox: Inbox,
    token: string,
    { id, receipt }: { readonly id: string; readonly receipt: string },
  ): Promise<void> {
    const answer = await this.ask(inbox, token, {
      path: `/${id}/acknowledgement`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reference: receipt }),
    });
    if (answer.status !== 200) throw new Error(`not acknowledged: ${answer.status}`);
  }

  private noteReport(id: string, body: Buffer): void {
    const reference = referenceOf(body, 'treatment-reports');
    if (reference !== undefined) this.reports.set(reference, id);
  }

  /** What was decided on a report that it fetched before. */
  private async decide(inbox: Inbox, token: string, body: Buffer): Promise<void> {
    const decided = decisionSchema.safeParse(JSON.parse(body.toString('utf8')));
    const id = decided.success ? this.reports.get(decided.data.reference) : undefined;
    if (!decided.success || id === undefined) return;
    const { kind: _kind, reference: _reference, ...decision } = decided.data;
    const answer = await this.ask(inbox, token, {
      path: `/${id}/decision`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(decision),
    });
    if (answer.status !== 200) throw new Error(`a decision was not taken: ${answer.status}`);
  }

  /** Brings the practice what it would otherwise collect. */
  private async answer(inbox: Inbox, token: string): Promise<number> {
    const answers = this.insurer.collect(this.handedIn, 100) ?? [];
    for (const { body, mediaType } of answers) {
      if (mediaType === 'application/edi-x12') {
        const answer = await this.ask(inbox, token, {
          path: '/answers',
          method: 'POST',
          headers: { 'content-type': mediaType },
          body: new Uint8Array(body),
        });
        if (answer.status !== 202) throw new Error(`an answer was not taken: ${answer.status}`);
      }
      if (mediaType === 'application/json') await this.decide(inbox, token, Buffer.from(body));
      this.handedIn += 1;
    }
    return answers.length;
  }
}
