import { type DisclosedField, fieldLeaf, type Leaf, structuralLeaf } from '#libs/disclosure';
import { type Issue, issue } from '#libs/kernel';
import { identifierProblem, type SubstitutionKind, transliterate } from '../envelope/characters.js';
import type { Delimiters } from '../envelope/delimiters.js';
import type { Draft, ElementDraft, ElementDrafts } from './draft.js';

/** Empty places inside a segment are `undefined`; a composite is an array. */
type WrittenElement = Leaf | undefined | readonly (Leaf | undefined)[];

interface WrittenSegment {
  readonly name: Leaf;
  readonly elements: readonly WrittenElement[];
}

/**
 * Collects the segments of one interchange as leaves. This is the only place where a value becomes an element: every one
 * passes the character policy for its kind, trailing empty places are dropped, and what cannot be written is an issue
 * with its position. The bytes are these leaves and the delimiters between them, and nothing else.
 */
export class SegmentWriter {
  readonly issues: Issue[] = [];
  readonly substitutions: { readonly position: string; readonly kind: SubstitutionKind }[] = [];
  readonly usedFields = new Set<DisclosedField>();
  readonly #segments: WrittenSegment[] = [];
  #setStart = 0;

  constructor(readonly delimiters: Delimiters) {}

  /** Writes a segment of a loop. `elements` are in the order of the standard. */
  segment(loop: string, name: string, elements: readonly ElementDrafts[]): void {
    const place = `${loop}/${name}`;
    if (name === 'ST') this.#setStart = this.#segments.length;
    const written = elements.map((element, index) => {
      const position = `${place}${String(index + 1).padStart(2, '0')}`;
      if (!isComposite(element)) return this.#leaf(element, position);
      const components = element.map((component, at) => this.#leaf(component, `${position}-${at + 1}`));
      return withoutTrailing(components).length === 0 ? undefined : withoutTrailing(components);
    });
    this.#segments.push({ name: structuralLeaf('constant', place, name), elements: withoutTrailing(written) });
  }

  /** A segment whose elements are already in their fixed form: the interchange header. */
  fixedSegment(name: string, leaves: readonly Leaf[]): void {
    this.#segments.push({ name: structuralLeaf('constant', name, name), elements: leaves });
  }

  /** Segments since the last ST, that one included. */
  get countInSet(): number {
    return this.#segments.length - this.#setStart;
  }

  refuse(code: string, path: string): void {
    this.issues.push(issue(code, path));
  }

  get leaves(): readonly Leaf[] {
    return this.#segments.flatMap(({ name, elements }) => [
      name,
      ...elements.flat().filter((leaf) => leaf !== undefined),
    ]);
  }

  get bytes(): Uint8Array {
    const { element, component, segment } = this.delimiters;
    const text = this.#segments
      .map(({ name, elements }) =>
        [name.text, ...elements.map((part) => (isList(part) ? part.map(textOf).join(component) : textOf(part)))].join(
          element,
        ),
      )
      .map((line) => line + segment)
      .join('');
    return new TextEncoder().encode(text);
  }

  #leaf(draft: ElementDraft, position: string): Leaf | undefined {
    if (draft === undefined) return undefined;
    if ('missing' in draft) {
      this.refuse('x12_required_missing', position);
      return undefined;
    }
    const { source } = draft;
    if ('field' in source) this.usedFields.add(source.field);
    const text = this.#textFor(draft, position);
    if (text === undefined) return undefined;
    return 'of' in source ? structuralLeaf(source.of, position, text) : fieldLeaf(source.field, position, text);
  }

  #textFor(draft: Draft, position: string): string | undefined {
    if (draft.raw === undefined) {
      this.refuse('x12_value_shape', position);
      return undefined;
    }
    if (draft.policy === 'unchanged') {
      const problem = identifierProblem(draft.raw, this.delimiters);
      if (problem === undefined) return draft.raw;
      this.refuse(problem, position);
      return undefined;
    }
    const transliteration = transliterate(draft.raw, this.delimiters);
    if (transliteration === undefined) {
      this.refuse('x12_not_transliterable', position);
      return undefined;
    }
    for (const kind of transliteration.kinds) this.substitutions.push({ position, kind });
    return transliteration.text;
  }
}

const isComposite = (element: ElementDrafts): element is readonly ElementDraft[] => Array.isArray(element);

const isList = (element: WrittenElement): element is readonly (Leaf | undefined)[] => Array.isArray(element);

const textOf = (leaf: Leaf | undefined): string => leaf?.text ?? '';

const withoutTrailing = <Entry>(entries: readonly (Entry | undefined)[]): readonly (Entry | undefined)[] => {
  const last = entries.findLastIndex((entry) => entry !== undefined);
  return entries.slice(0, last + 1);
};
