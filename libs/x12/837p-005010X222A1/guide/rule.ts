/** How an element is used: required, situational, or not to be sent. */
export type Usage = 'R' | 'S' | 'N';

export interface ElementRule {
  readonly usage: Usage;
  /** Tells which rule a segment falls under when several share its name. */
  readonly identifies: boolean;
  readonly kind: ElementKind;
}

export type ElementKind =
  | { readonly is: 'text'; readonly shortest: number; readonly longest: number }
  | { readonly is: 'code'; readonly values: readonly string[] }
  | { readonly is: 'whole'; readonly digits: number }
  | { readonly is: 'form'; readonly form: Form }
  | { readonly is: 'composite'; readonly components: readonly ElementRule[] };

/** Shapes that a length and a list of codes cannot tell. */
export const FORMS = [
  'amount',
  'adjustment',
  'quantity',
  'date',
  'dates',
  'time',
  'npi',
  'state',
  'zip',
  'zip9',
  'diagnosis',
  'procedure',
  'modifier',
  'place',
  'tax-id',
  'taxonomy',
] as const;

export type Form = (typeof FORMS)[number];

export interface SegmentRule {
  readonly name: string;
  readonly usage: 'R' | 'S';
  readonly most: number;
  readonly elements: readonly ElementRule[];
  /** Elements that are sent together or not at all. */
  readonly pairs: readonly (readonly [number, number])[];
}

export interface LoopRule {
  readonly id: string;
  readonly usage: 'R' | 'S';
  readonly most: number;
  /** The first segment opens the loop. Neighbours of one name may stand in any order among themselves. */
  readonly segments: readonly SegmentRule[];
  readonly loops: readonly LoopRule[];
}

/**
 * Writing of an element in the table: usage, then `=A|B` a code list, `60` or `2-80` a text with its length, `#6` a whole
 * number of so many digits, or a form; `!` after a code list: it identifies the segment. `-` is an element not sent, an
 * array a composite whose first entry is its usage.
 */
export type ElementText = string | readonly [usage: 'R' | 'S', ...components: readonly string[]];

const elementRule = (text: ElementText): ElementRule => {
  if (typeof text !== 'string') {
    const [usage, ...rest] = text;
    const components = rest.map(elementRule);
    return { usage, identifies: components[0]?.identifies ?? false, kind: { is: 'composite', components } };
  }
  if (text === '-') return { usage: 'N', identifies: false, kind: { is: 'text', shortest: 0, longest: 0 } };
  const [usage = '', kind = ''] = text.split(' ');
  if (usage !== 'R' && usage !== 'S') throw new TypeError('an element of the guide is R, S or -');
  return { usage, identifies: kind.endsWith('!'), kind: kindOf(kind.replace('!', '')) };
};

const kindOf = (text: string): ElementKind => {
  if (text.startsWith('=')) return { is: 'code', values: text.slice(1).split('|') };
  if (text.startsWith('#')) return { is: 'whole', digits: Number(text.slice(1)) };
  const form = FORMS.find((candidate) => candidate === text);
  if (form !== undefined) return { is: 'form', form };
  const [low, high] = text.split('-').map(Number);
  if (low === undefined || Number.isNaN(low)) throw new TypeError('an element of the guide has a kind');
  return { is: 'text', shortest: high === undefined ? 1 : low, longest: high ?? low };
};

/** `segment('N3', 'R', ['R 55', 'S 55'])`; usage `S3` allows three. */
export const segment = (name: string, usage: string, elements: readonly ElementText[]): SegmentRule => ({
  name,
  ...timesOf(usage),
  elements: elements.map(elementRule),
  pairs: PAIRS[name] ?? [],
});

const PAIRS: Readonly<Record<string, SegmentRule['pairs']>> = {
  NM1: [[8, 9]],
  CAS: [5, 8, 11, 14, 17].map((reason): [number, number] => [reason, reason + 1]),
};

export const loop = (head: string, segments: readonly SegmentRule[], loops: readonly LoopRule[] = []): LoopRule => {
  const [id = '', usage = ''] = head.split(' ');
  return { id, ...timesOf(usage), segments, loops };
};

const timesOf = (text: string): { usage: 'R' | 'S'; most: number } => {
  const usage = text.startsWith('R') ? 'R' : 'S';
  return { usage, most: text.length === 1 ? 1 : Number(text.slice(1)) };
};
