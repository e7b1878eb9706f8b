import type { IssueView, ProblemCode } from '#libs/contracts';

/** Codes of the gateway, and two that no gateway gives: nobody answered, or what answered does not keep the contract. */
export type GatewayProblemCode = ProblemCode | 'unreachable' | 'unreadable_answer';

/** Why a request has no answer: a code that never changes its meaning, and at which places what is wrong. Never a value. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number | undefined;
  readonly issues: readonly IssueView[];
  /** Finds the request in the gateway’s log. */
  readonly correlation: string | undefined;
  /** Where nobody answered. */
  readonly address: string | undefined;

  constructor(
    readonly code: GatewayProblemCode,
    more: {
      readonly status?: number;
      readonly issues?: readonly IssueView[];
      readonly correlation?: string;
      readonly address?: string;
    } = {},
  ) {
    super(code);
    this.status = more.status;
    this.issues = more.issues ?? [];
    this.correlation = more.correlation;
    this.address = more.address;
  }
}
