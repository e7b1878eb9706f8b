import { failed, issue, ok, type Result } from '#libs/kernel';

/** The four characters that one interchange declares for itself in its ISA. X12 has no escape. */
export interface Delimiters {
  readonly element: string;
  readonly component: string;
  readonly repetition: string;
  readonly segment: string;
}

export interface Segment {
  readonly id: string;
  /** `elements[0]` is the id, so that `elements[3]` is the third element, as the guides count. */
  readonly elements: readonly string[];
  /** Counted from ST = 1, as IK302 wants it; 0 outside a transaction set. */
  readonly position: number;
}

export interface TransactionSet {
  readonly type: string;
  readonly control: string;
  readonly guide: string;
  /** ST to SE inclusive. */
  readonly segments: readonly Segment[];
  /** IK502 codes of what is wrong with the set's own header and trailer. */
  readonly faults: readonly string[];
}

export interface FunctionalGroup {
  readonly code: string;
  readonly sender: string;
  readonly receiver: string;
  readonly control: string;
  readonly guide: string;
  readonly declared: string;
  readonly transactions: readonly TransactionSet[];
  /** AK905 codes. */
  readonly faults: readonly string[];
}

export interface InterchangeHeader {
  readonly senderQualifier: string;
  readonly sender: string;
  readonly receiverQualifier: string;
  readonly receiver: string;
  readonly date: string;
  readonly time: string;
  readonly control: string;
  readonly wantsAcknowledgement: boolean;
  readonly usage: string;
}

export interface Interchange {
  readonly delimiters: Delimiters;
  readonly header: InterchangeHeader;
  readonly groups: readonly FunctionalGroup[];
  /** TA105: `000`, or why the whole interchange is rejected. */
  readonly note: string;
}

const ISA_WIDTHS = [3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
const ISA_LENGTH = 106;
/** Bytes above 0x7E: every reader takes them for something else, some for a delimiter. */
const ABOVE_BASIC = /[^\0-~]/;

export const elementOf = (segment: Segment, index: number): string => segment.elements[index] ?? '';

/** Numbers of a control segment are compared as numbers: `1` and `01` are the same count. */
const sameNumber = (text: string, count: number): boolean => /^\d{1,9}$/.test(text) && Number(text) === count;

const mayDelimit = (character: string): boolean => !/[A-Za-z0-9 .-]/.test(character);

const readDelimiters = (text: string): Result<Delimiters> => {
  if (!text.startsWith('ISA')) return failed(issue('x12.isa-missing', 'ISA'));
  if (text.length < ISA_LENGTH) return failed(issue('x12.isa-short', 'ISA', `${ISA_LENGTH} characters`));
  const delimiters: Delimiters = {
    element: text.charAt(3),
    repetition: text.charAt(82),
    component: text.charAt(104),
    segment: text.charAt(105),
  };
  const all = Object.values(delimiters) as string[];
  if (new Set(all).size !== 4 || !all.every(mayDelimit)) return failed(issue('x12.delimiters', 'ISA'));
  const widths = text
    .slice(0, 105)
    .split(delimiters.element)
    .map((part) => part.length);
  if (widths.length !== ISA_WIDTHS.length || widths.some((width, index) => width !== ISA_WIDTHS[index])) {
    return failed(issue('x12.isa-width', 'ISA', 'fixed-width elements'));
  }
  return ok(delimiters);
};

/** TA105 for an ISA that can be read but not accepted. */
const headerNote = (isa: readonly string[]): string => {
  if (!/^\d{9}$/.test(isa[13] ?? '')) return '018';
  if (isa[12] !== '00501') return '017';
  if (!/^\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(isa[9] ?? '')) return '014';
  if (!/^([01]\d|2[0-3])[0-5]\d$/.test(isa[10] ?? '')) return '015';
  if (!/^[01]$/.test(isa[14] ?? '')) return '019';
  if (!/^[TP]$/.test(isa[15] ?? '')) return '020';
  if ((isa[6] ?? '').trim() === '') return '006';
  return (isa[8] ?? '').trim() === '' ? '008' : '000';
};

interface OpenSet {
  readonly segments: Segment[];
}

interface OpenGroup {
  readonly gs: Segment;
  readonly transactions: TransactionSet[];
  /** ST02s so far. */
  readonly controls: Set<string>;
}

/** Reads the segments behind the ISA, one after the other, and judges every header against its trailer. */
class EnvelopeReader {
  readonly groups: FunctionalGroup[] = [];
  note = '000';
  private readonly groupControls = new Set<string>();
  private group: OpenGroup | undefined;
  private set: OpenSet | undefined;
  private ended = false;

  constructor(private readonly control: string) {}

  take(elements: readonly string[]): void {
    const id = elements[0] ?? '';
    const segment: Segment = { id, elements, position: this.set === undefined ? 0 : this.set.segments.length + 1 };
    if (this.ended) this.refuse('024');
    else if (id === 'IEA') this.endInterchange(segment);
    else if (id === 'GS') this.beginGroup(segment);
    else if (id === 'GE') this.endGroup(segment);
    else if (id === 'ST') this.beginSet(segment);
    else if (id === 'SE') this.endSet(segment);
    else if (this.set === undefined) this.refuse('022');
    else this.set.segments.push(segment);
  }

  finish(): void {
    if (this.ended) return;
    this.closeGroup(undefined);
    this.refuse('023');
  }

  private refuse(note: string): void {
    if (this.note === '000') this.note = note;
  }

  private beginGroup(segment: Segment): void {
    this.closeGroup(undefined);
    this.group = { gs: segment, transactions: [], controls: new Set() };
  }

  private beginSet(segment: Segment): void {
    this.closeSet(undefined);
    if (this.group === undefined) this.refuse('022');
    this.set = { segments: [{ ...segment, position: 1 }] };
  }

  private endSet(segment: Segment): void {
    if (this.set === undefined) this.refuse('022');
    else this.closeSet(segment);
  }

  private endGroup(segment: Segment): void {
    if (this.group === undefined) this.refuse('022');
    else this.closeGroup(segment);
  }

  private endInterchange(segment: Segment): void {
    this.closeGroup(undefined);
    this.ended = true;
    if (elementOf(segment, 2) !== this.control) this.refuse('001');
    if (!sameNumber(elementOf(segment, 1), this.groups.length)) this.refuse('021');
  }

  private closeSet(trailer: Segment | undefined): void {
    const open = this.set;
    this.set = undefined;
    const header = open?.segments[0];
    if (open === undefined || header === undefined) return;
    const faults: string[] = [];
    const control = elementOf(header, 2);
    const guide = this.group === undefined ? '' : elementOf(this.group.gs, 8);
    if (elementOf(header, 1) !== '837') faults.push('1');
    if (!/^[0-9A-Z]{4,9}$/.test(control)) faults.push('7');
    if (elementOf(header, 3) !== guide) faults.push('I6');
    if (this.group?.controls.has(control)) faults.push('23');
    this.group?.controls.add(control);
    if (trailer === undefined) faults.push('2');
    else {
      open.segments.push(trailer);
      if (elementOf(trailer, 2) !== control) faults.push('3');
      if (!sameNumber(elementOf(trailer, 1), open.segments.length)) faults.push('4');
    }
    this.group?.transactions.push({
      type: elementOf(header, 1),
      control,
      guide: elementOf(header, 3),
      segments: open.segments,
      faults,
    });
  }

  private closeGroup(trailer: Segment | undefined): void {
    this.closeSet(undefined);
    const open = this.group;
    this.group = undefined;
    if (open === undefined) return;
    const faults: string[] = [];
    const control = elementOf(open.gs, 6);
    if (elementOf(open.gs, 1) !== 'HC') faults.push('1');
    if (elementOf(open.gs, 8) !== '005010X222A1') faults.push('2');
    if (!/^[1-9]\d{0,8}$/.test(control) || this.groupControls.has(control)) faults.push('6');
    this.groupControls.add(control);
    if (trailer === undefined) faults.push('3');
    else {
      if (elementOf(trailer, 2) !== control) faults.push('4');
      if (!sameNumber(elementOf(trailer, 1), open.transactions.length)) faults.push('5');
    }
    this.groups.push({
      code: elementOf(open.gs, 1),
      sender: elementOf(open.gs, 2),
      receiver: elementOf(open.gs, 3),
      control,
      guide: elementOf(open.gs, 8),
      declared: trailer === undefined ? '' : elementOf(trailer, 1),
      transactions: open.transactions,
      faults,
    });
  }
}

/**
 * Reads one interchange. What cannot be answered with a TA1 (no ISA, a byte above 0x7E) is an issue; what can is a note
 * in the interchange or a fault in its groups and sets.
 */
export const readInterchange = (bytes: Uint8Array): Result<Interchange> => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (ABOVE_BASIC.test(text)) return failed(issue('x12.byte', 'interchange', 'ASCII without DEL'));
  const delimiters = readDelimiters(text);
  if (!delimiters.ok) return delimiters;
  const isa = text.slice(0, 105).split(delimiters.value.element);
  const control = isa[13] ?? '';
  const reader = new EnvelopeReader(control);
  const pieces = text.slice(ISA_LENGTH).split(delimiters.value.segment);
  const rest = pieces.pop() ?? '';
  for (const piece of pieces) reader.take(piece.replace(/^[\r\n]+/, '').split(delimiters.value.element));
  reader.finish();
  const torn = /^[\r\n]*$/.test(rest) ? '000' : '023';
  const notes = [headerNote(isa), torn, reader.note];
  return ok({
    delimiters: delimiters.value,
    header: {
      senderQualifier: isa[5] ?? '',
      sender: isa[6] ?? '',
      receiverQualifier: isa[7] ?? '',
      receiver: isa[8] ?? '',
      date: isa[9] ?? '',
      time: isa[10] ?? '',
      control,
      wantsAcknowledgement: isa[14] === '1',
      usage: isa[15] ?? '',
    },
    groups: reader.groups,
    note: notes.find((note) => note !== '000') ?? '000',
  });
};
