import { z } from 'zod';
import { failed, issue, ok, type Result } from '#libs/kernel';

const totals = z.looseObject({
  totals: z.looseObject({ doubled: z.int(), received: z.int(), adjudicated: z.int() }),
});

/** What the insurers of the sandbox did with everything that reached them, by their own account. */
export interface SandboxTotals {
  readonly received: number;
  readonly adjudicated: number;
  /** Claims and documents that were worked on more than once. */
  readonly doubled: number;
}

/** The side of the sandbox on which whoever runs it stands. */
export class SandboxControl {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** Whether the sandbox that answers is the one that was started with this token. */
  async isOurs(): Promise<boolean> {
    return (await this.ask('GET', '/health')).ok;
  }

  behave(insurer: string, behaviour: object): Promise<Result<unknown>> {
    return this.ask('PUT', `/insurers/${encodeURIComponent(insurer)}/behaviour`, behaviour);
  }

  async totals(): Promise<Result<SandboxTotals>> {
    const answered = await this.ask('GET', '/judgement');
    if (!answered.ok) return answered;
    const read = totals.safeParse(answered.value);
    return read.success ? ok(read.data.totals) : failed(issue('sandbox.unreadable-answer', '/judgement'));
  }

  private async ask(method: 'GET' | 'PUT', path: string, body?: object): Promise<Result<unknown>> {
    try {
      const response = await fetch(`${this.baseUrl}/control${path}`, {
        method,
        headers: { authorization: `Bearer ${this.token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) return failed(issue('sandbox.refused', path));
      return ok(await response.json());
    } catch {
      return failed(issue('sandbox.unreachable', path));
    }
  }
}
