import type { Parameter } from './sql.js';

/** Conditions and parameters of a statement that is put together. What comes from outside is only ever a parameter. */
export class StatementParts {
  readonly #parameters: Parameter[];
  readonly #conditions: string[] = [];

  constructor(...first: readonly Parameter[]) {
    this.#parameters = [...first];
  }

  /** Gives its place in the statement. */
  add(parameter: Parameter): string {
    this.#parameters.push(parameter);
    return `$${this.#parameters.length}`;
  }

  where(condition: string): void {
    this.#conditions.push(condition);
  }

  get condition(): string {
    return this.#conditions.join(' AND ');
  }

  get parameters(): readonly Parameter[] {
    return this.#parameters;
  }
}
