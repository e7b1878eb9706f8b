import { describe, expect, it } from 'vitest';
import { parseSegments } from './parse-segments.js';
import { readInterchanges } from './read-interchanges.js';
import { splitFile } from './split-file.js';

const ISA =
  'ISA*00*          *00*          *ZZ*CLEARING       *ZZ*PRACTICE       *261101*1200*^*00501*000000042*0*T*:~';
const TA1 = `${ISA}TA1*000000501*261101*1200*A*000~IEA*0*000000042~`;
const SET = 'ST*999*0001*005010X231A1~AK1*HC*501*005010X222A1~AK9*A*1*1*1~SE*4*0001~';
const GROUP = `GS*FA*CLEARING*PRACTICE*20261101*1205*9*X*005010X231A1~${SET}GE*1*9~`;
const FILE = `${ISA}${GROUP}IEA*1*000000042~`;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const read = (text: string) => readInterchanges(bytesOf(text));
const codes = (text: string): readonly string[] => {
  const result = read(text);
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);
};
const value = (text: string) => {
  const result = read(text);
  if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join());
  return result.value;
};

describe('reading interchanges', () => {
  it('gives header, groups, sets and segments with their positions', () => {
    const [interchange] = value(FILE);
    expect(interchange?.header).toMatchObject({
      sender: { qualifier: 'ZZ', id: 'CLEARING' },
      controlNumber: '000000042',
      usage: 'test',
    });
    const set = interchange?.groups[0]?.transactionSets[0];
    expect(set?.segments.map(({ name, position }) => `${name}${position}`)).toEqual(['ST1', 'AK12', 'AK93', 'SE4']);
    expect(set?.segments[1]?.elements).toEqual(['HC', '501', '005010X222A1']);
  });

  it('says whether it counts, and whether an acknowledgement is wanted', () => {
    const header = (text: string) => value(text)[0]?.header;
    expect(header(FILE)).toMatchObject({ usage: 'test', acknowledgementRequested: false });
    expect(header(FILE.replace('*0*T*:', '*1*P*:'))).toMatchObject({
      usage: 'production',
      acknowledgementRequested: true,
    });
  });

  it('keeps an interchange that holds nothing but a TA1', () => {
    const [interchange] = value(TA1);
    expect(interchange?.acknowledgements).toHaveLength(1);
    expect(interchange?.groups).toEqual([]);
  });

  it('reads each interchange with its own delimiters', () => {
    const other = FILE.replaceAll('*', '|').replaceAll('~', "'").replaceAll(':', '>').replace('^', '!');
    const control = other.replaceAll('000000042', '000000043');
    expect(value(FILE + control).map(({ header }) => header.delimiters.element)).toEqual(['*', '|']);
  });

  it.each([
    ['CR LF after each terminator', FILE.replaceAll('~', '~\r\n')],
    ['records of 80 columns', (FILE.match(/.{1,80}/g) ?? []).join('\r\n')],
    ['records of 50 columns ended by LF', (FILE.match(/.{1,50}/g) ?? []).join('\n')],
    ['leading line breaks', `\r\n\n${FILE}`],
    ['LF as terminator', FILE.replaceAll('~', '\n')],
    ['CR as terminator, LF after it', FILE.replaceAll('~', '\r\n')],
    [
      'information separators',
      FILE.replaceAll('*', '\x1d').replaceAll('~', '\x1c').replaceAll(':', '\x1f').replace('^', '\x1e'),
    ],
  ])('reads the same through %s', (_, text) => {
    expect(value(text)[0]?.groups).toEqual(value(FILE)[0]?.groups);
  });

  it('splits repetitions and numbers components as the standard does', () => {
    const text = FILE.replace('AK9*A*', 'AK9*A:B^C::D*');
    const set = value(text)[0]?.groups[0]?.transactionSets[0];
    expect(set?.segments[2]?.elements[0]).toEqual([
      ['A', 'B'],
      ['C', '', 'D'],
    ]);
  });

  it.each<[string, string, string]>([
    ['nothing at all', '', 'x12_empty '],
    ['something that is not X12', 'Dear Sir or Madam, '.repeat(20), 'x12_not_an_interchange ISA'],
    ['a byte order mark', `\xef\xbb\xbf${FILE}`, 'x12_character_not_ascii '],
    ['a byte whose low bits are a delimiter', FILE.replace('HC', 'H\xaa'), 'x12_character_not_ascii '],
    ['an ISA that is one short', FILE.replace('CLEARING       *', 'CLEARING      *'), 'x12_version_unsupported ISA12'],
    ['a delimiter inside an ISA element', FILE.replace('CLEARING  ', 'CLEARING* '), 'x12_header_misaligned ISA'],
    ['a terminator inside an ISA element', FILE.replace('CLEARING  ', 'CLEARING~ '), 'x12_header_misaligned ISA'],
    ['two equal delimiters', FILE.replace('*T*:', '*T*^'), 'x12_delimiters_unusable ISA'],
    ['another version', FILE.replace('00501', '00401'), 'x12_version_unsupported ISA12'],
    ['no IEA', FILE.slice(0, FILE.indexOf('IEA')), 'x12_truncated IEA'],
    ['a second ISA before the IEA', FILE.replace('IEA*1*000000042~', FILE), 'x12_interchange_not_closed ISA/8'],
    ['text between interchanges', `${FILE}junk${FILE}`, 'x12_not_an_interchange ISA'],
    ['an empty segment', FILE.replace('AK9', '~AK9'), 'x12_segment_empty ISA/5'],
    ['an indented segment', FILE.replace('AK9', ' AK9'), 'x12_segment_name ISA/5'],
    ['a binary segment', FILE.replace('AK9', 'BIN*3*a~b~AK9'), 'x12_binary_segment ISA/5'],
    ['a control character', FILE.replace('HC', 'H\t'), 'x12_control_character ISA/4'],
    ['a wrong SE01', FILE.replace('SE*4', 'SE*5'), 'x12_count_wrong SE01'],
    ['another SE02', FILE.replace('SE*4*0001', 'SE*4*0002'), 'x12_control_number_differs SE02'],
    ['a wrong GE01', FILE.replace('GE*1', 'GE*2'), 'x12_count_wrong GE01'],
    ['another GE02', FILE.replace('GE*1*9', 'GE*1*8'), 'x12_control_number_differs GE02'],
    ['a wrong IEA01', FILE.replace('IEA*1', 'IEA*2'), 'x12_count_wrong IEA01'],
    ['another IEA02', FILE.replace('IEA*1*000000042', 'IEA*1*000000043'), 'x12_control_number_differs IEA02'],
    ['a set outside a group', `${ISA}${SET}IEA*0*000000042~`, 'x12_segment_unexpected ISA/2'],
    [
      'two sets of one number',
      FILE.replace(SET, SET + SET).replace('GE*1', 'GE*2'),
      'x12_control_number_repeated ST02',
    ],
    ['two groups of one number', `${ISA}${GROUP}${GROUP}IEA*2*000000042~`, 'x12_control_number_repeated GS06'],
    ['an interchange that holds nothing', `${ISA}IEA*0*000000042~`, 'x12_interchange_empty IEA01'],
    ['a group that holds nothing', FILE.replace(SET, '').replace('GE*1', 'GE*0'), 'x12_group_empty GE01'],
  ])('refuses %s', (_, text, expected) => {
    expect(codes(text)).toContain(expected);
  });

  it('refuses every truncation of a file', () => {
    for (let length = 0; length < FILE.length; length += 1) expect(read(FILE.slice(0, length)).ok).toBe(false);
  });

  it('holds to its limits', () => {
    const limits = { bytes: 10_000, segments: 10 };
    expect(readInterchanges(bytesOf(FILE), { ...limits, bytes: 100 })).toMatchObject({
      issues: [{ code: 'x12_too_large' }],
    });
    expect(readInterchanges(bytesOf(FILE), { ...limits, segments: 7 })).toMatchObject({
      issues: [{ code: 'x12_too_many_segments' }],
    });
    expect(readInterchanges(bytesOf(FILE), { ...limits, segments: 8 }).ok).toBe(true);
    expect(readInterchanges(bytesOf(FILE + FILE), limits)).toMatchObject({
      issues: [{ code: 'x12_too_many_segments' }],
    });
  });

  it('does not depend on how the text is cut for the parser', () => {
    const raw = splitFile(bytesOf(FILE));
    const first = raw.ok ? raw.value[0] : undefined;
    if (first === undefined) throw new Error('the sample is whole');
    const whole = parseSegments(first);
    for (let chunk = 1; chunk < 130; chunk += 1) expect(parseSegments(first, chunk)).toEqual(whole);
  });

  it('says where, never what', () => {
    const result = read(FILE.replace('SE*4*0001', 'SE*4*SECRET'));
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });
});
