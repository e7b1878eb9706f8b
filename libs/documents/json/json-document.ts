import type { Value } from '#libs/catalogue';
import { type DisclosedField, fieldLeaf, type Leaf, structuralLeaf, type StructuralSource } from '#libs/disclosure';
import type { Draft } from '../finish-document.js';
import { machineValue } from '../value-text.js';

export type Json = string | number | boolean | readonly Json[] | { readonly [member: string]: Json };

/** Collects the leaves of a JSON document while it is put together. */
export class JsonDocument {
  readonly #leaves: Leaf[] = [];

  field(field: DisclosedField, position: string): Json {
    const value: Value = machineValue(field);
    if (typeof value !== 'object') {
      this.#leaves.push(fieldLeaf(field, position, String(value)));
      return value;
    }
    for (const text of value) this.#leaves.push(fieldLeaf(field, position, text));
    return value;
  }

  own(of: StructuralSource, position: string, text: string): string {
    this.#leaves.push(structuralLeaf(of, position, text));
    return text;
  }

  list(of: StructuralSource, position: string, texts: readonly string[]): readonly string[] {
    return texts.map((text) => this.own(of, position, text));
  }

  /** In the place of what the client did not release. */
  marker(position: string): Json {
    return { withheld: this.own('enclosure', position, 'by client authorization') };
  }

  /** UTF-8, two spaces a level, members in the order in which they were put together. */
  draft(content: Json): Draft {
    const bytes = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
    return { mediaType: 'application/json', bytes, leaves: this.#leaves, substitutions: [], issues: [] };
  }
}
