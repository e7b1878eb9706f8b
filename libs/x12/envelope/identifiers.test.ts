import { describe, expect, it } from 'vitest';
import {
  isDiagnosisCode,
  isModifier,
  isNpi,
  isPostOfficeBox,
  isProcedureCode,
  isState,
  isTaxId,
  isTaxonomy,
  isZip,
} from './identifiers.js';

describe('shapes of identifiers', () => {
  it.each<[string, (text: string) => boolean, readonly string[], readonly string[]]>([
    [
      'national provider identifier',
      isNpi,
      ['1999000015', '1999102035'],
      ['1999000016', '3999000015', '199900001', ''],
    ],
    ['state', isState, ['NJ', 'DC', 'PR'], ['XX', 'nj', 'New Jersey']],
    ['postal code', isZip, ['08077', '080771234'], ['0807', '08077-1234', '080770000', '0807A']],
    ['diagnosis', isDiagnosisCode, ['F411', 'Z630', 'F10', 'S72001A'], ['F41.1', '411', 'F4', 'ANXIOUS1']],
    ['procedure', isProcedureCode, ['90834', 'H0004', '0362T'], ['9083', 'HH004', '908345']],
    ['modifier', isModifier, ['95', 'HO'], ['955', 'h', '']],
    ['tax id', isTaxId, ['999333444'], ['99-9333444', '99933344']],
    ['taxonomy', isTaxonomy, ['103TC0700X'], ['103TC0700', '103TC0700Y']],
    ['post office box', isPostOfficeBox, ['P.O. Box 7', 'PO BOX 7', 'Post Office Box 7'], ['12 ELM ST', 'POBOXER ST']],
  ])('%s', (_, holds, good, bad) => {
    for (const text of good) expect(holds(text)).toBe(true);
    for (const text of bad) expect(holds(text)).toBe(false);
  });
});
