import { deliverWebhooks, type WebhookServices } from '#libs/application';
import type { PracticeId } from '#libs/kernel';

/** Tells the endpoints of each practice for itself: one that keeps us waiting delays nobody else’s. */
export class WebhookRounds {
  readonly #running = new Map<PracticeId, Promise<void>>();

  constructor(private readonly services: WebhookServices) {}

  /** Begins a round for a practice unless one is under way; does not wait for it. */
  begin(practice: PracticeId): void {
    if (!this.#running.has(practice)) this.#running.set(practice, this.#round(practice));
  }

  /** Resolves when no round is under way any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #round(practice: PracticeId): Promise<void> {
    try {
      await deliverWebhooks(this.services, practice);
    } catch (error) {
      this.services.log.failure('webhook.round-failed', error);
    } finally {
      this.#running.delete(practice);
    }
  }
}
