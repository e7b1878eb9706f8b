import { type AnswerLane, answerLanes, collectLane, type SendingServices } from '#libs/application';
import type { LaneId, PracticeId } from '#libs/kernel';

/** Asks insurers for their answers, each for itself: one that keeps us waiting delays nobody else's. */
export class AnswerPolls {
  readonly #waiting = new Map<LaneId, Promise<void>>();

  constructor(private readonly services: SendingServices) {}

  /** Asks every insurer of a practice that is not being asked already; does not wait for what they say. */
  async look(practice: PracticeId): Promise<void> {
    for (const one of await answerLanes(this.services, practice)) {
      if (this.#waiting.has(one.lane.id)) continue;
      this.#waiting.set(one.lane.id, this.#ask(practice, one));
    }
  }

  /** Resolves when nobody is being asked any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#waiting.values());
  }

  async #ask(practice: PracticeId, from: AnswerLane): Promise<void> {
    try {
      await collectLane(this.services, practice, from);
    } catch (error) {
      this.services.log.failure('answer.poll-failed', error, { lane: from.lane.id });
    } finally {
      this.#waiting.delete(from.lane.id);
    }
  }
}
