import { fault } from '#fault';
import { failed, issue, type PracticeId, type Result } from '#libs/kernel';
import { isUniqueViolation } from '../idempotency/once.js';
import type { Services } from '../ports/services.js';
import { acceptDocuments } from './accept-documents.js';
import type { Intake } from './kept-answers.js';
import type { Submission } from './submission.js';

interface Waiting {
  readonly submission: Submission;
  readonly settle: (result: Result<Intake>) => void;
}

/** Most documents accepted by one transaction. */
const MOST = 50;
/** Transactions of one practice under way at once. */
const LANES = 1;

/**
 * Brings concurrent submissions of one practice into one transaction. Whoever comes while one is under way waits for
 * the next; nobody waits when nothing is. A batch that the database refuses is halved until the culprit stands alone.
 */
export class Intakes {
  readonly #waiting = new Map<PracticeId, Waiting[]>();
  readonly #running = new Map<PracticeId, number>();

  constructor(private readonly services: Services) {}

  submit(submission: Submission): Promise<Result<Intake>> {
    const { practice } = submission.context;
    return new Promise((settle) => {
      const queue = this.#waiting.get(practice) ?? [];
      queue.push({ submission, settle });
      this.#waiting.set(practice, queue);
      queueMicrotask(() => this.#drive(practice));
    });
  }

  #drive(practice: PracticeId): void {
    const queue = this.#waiting.get(practice);
    const running = this.#running.get(practice) ?? 0;
    if (queue === undefined || queue.length === 0 || running >= LANES) return;
    const batch = queue.splice(0, MOST);
    this.#running.set(practice, running + 1);
    void this.#accept(batch).finally(() => {
      this.#running.set(practice, (this.#running.get(practice) ?? 1) - 1);
      this.#drive(practice);
    });
  }

  async #accept(batch: readonly Waiting[]): Promise<void> {
    const first = batch[0];
    if (first === undefined) return;
    await fault('K1');
    let results: readonly Result<Intake>[];
    try {
      results = await this.services.store.inPractice(
        first.submission.context,
        async (transaction) => {
          const accepted = await acceptDocuments(
            this.services,
            transaction,
            batch.map((one) => one.submission),
          );
          await fault('K2');
          return accepted;
        },
        { often: true },
      );
      await fault('K3');
    } catch (error) {
      if (batch.length === 1 && first.submission.idempotency !== undefined && isUniqueViolation(error)) {
        first.settle(failed(issue('idempotency_in_progress', 'Idempotency-Key')));
        return;
      }
      if (batch.length === 1) {
        this.services.log.failure('intake.failed', error, { practice: first.submission.context.practice });
        first.settle(failed(issue('temporarily_unavailable', '')));
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#accept(batch.slice(0, half));
      await this.#accept(batch.slice(half));
      return;
    }
    batch.forEach((one, index) => one.settle(results[index] ?? failed(issue('not_accepted', ''))));
    this.services.metrics.count('documents_accepted_total', {}, results.filter((one) => one.ok).length);
  }
}
