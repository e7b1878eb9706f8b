import type { CheckedStep, CheckStep, SendFailure } from '#libs/application';
import type { AssertionSources } from './client-assertion.js';
import { connectFailureOf } from './connect-failure.js';
import type { ConnectRules } from './guarded-connect.js';

export interface CheckOptions extends AssertionSources {
  readonly rules: ConnectRules;
  /** For an answer, in milliseconds. */
  readonly answerTimeoutMs: number;
  readonly monotonic: () => number;
}

/** Why a step did not work. */
export interface StepFailure {
  readonly code: SendFailure | 'not_named_by_profile';
  readonly status?: number;
  /** It was not tried; what comes after it is. */
  readonly skipped?: true;
}

/** The steps of one check in their order; after the first that failed none is tried. */
export class CheckSteps {
  private readonly noted: CheckedStep[] = [];
  private hasFailed = false;

  async take(step: CheckStep, work: () => Promise<StepFailure | undefined>): Promise<void> {
    if (this.hasFailed) {
      this.noted.push({ step, outcome: 'skipped' });
      return;
    }
    const failure = await work().catch((error: unknown): StepFailure => ({ code: connectFailureOf(error).failure }));
    if (failure === undefined) {
      this.noted.push({ step, outcome: 'ok' });
      return;
    }
    const { skipped, ...why } = failure;
    this.hasFailed = skipped !== true;
    this.noted.push({ step, outcome: this.hasFailed ? 'failed' : 'skipped', ...why });
  }

  get all(): readonly CheckedStep[] {
    return this.noted;
  }
}
