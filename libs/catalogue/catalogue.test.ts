import { describe, expect, it } from 'vitest';
import {
  closureOf,
  codeClasses,
  expandGrants,
  FIELD_IDS,
  fieldOf,
  formatOf,
  FORMATS,
  generalisationsOf,
  GRANT_FOR_REVEAL,
  isFieldId,
  neededFor,
  PURPOSES,
  REVEALS,
} from './index.js';

describe('the dictionary', () => {
  it('has ids of at most three levels in lower camel case', () => {
    for (const id of FIELD_IDS) expect(id).toMatch(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*){1,2}$/);
    expect(FIELD_IDS.length).toBeGreaterThan(150);
  });

  it('generalises only to fields that it has, each less sensitive or equal, without circles', () => {
    for (const id of FIELD_IDS) {
      for (const { to } of fieldOf(id).generalisations) expect(isFieldId(to)).toBe(true);
      for (const less of generalisationsOf(id))
        expect(fieldOf(less).sensitivity).toBeLessThanOrEqual(fieldOf(id).sensitivity);
      expect(generalisationsOf(id)).not.toContain(id);
    }
  });

  it('closes every coded field that a treatment report can bring', () => {
    for (const { field } of formatOf('treatment-report').fields) {
      const { kind, values, category } = fieldOf(field);
      if (kind !== 'coded' || category === 'diagnosis' || category === 'administrative') continue;
      expect(new Set(values).size, field).toBeGreaterThan(1);
    }
    for (const id of FIELD_IDS.filter((one) => one.startsWith('risk.') && fieldOf(one).kind === 'coded'))
      expect(fieldOf(id).values, id).toContain(fieldOf(id).sensitivity === 5 ? 'unknown' : 'not-assessed');
  });

  it('aggregates only fields of lines', () => {
    for (const id of FIELD_IDS) {
      const { aggregate } = fieldOf(id);
      if (aggregate) expect(isFieldId(aggregate.of) && fieldOf(aggregate.of).scope).toBe('line');
    }
  });

  it('grants with a field what it derives to, never what it comes from, and never a sibling', () => {
    expect(closureOf(['client.birthDate'])).toContain('client.ageBand');
    expect(closureOf(['client.age'])).not.toContain('client.birthDate');
    expect(closureOf(['reason.continuing'])).not.toContain('functioning.level');
  });

  it('expands groups at signing, but never to what needs a grant of its own', () => {
    const { ids, unknown } = expandGrants(['risk.*', 'nothing.*', 'client.colour']);
    expect(ids).toContain('risk.suicide');
    expect(ids).not.toContain('risk.abuseVictim');
    expect(unknown).toEqual(['nothing.*', 'client.colour']);
    expect(expandGrants(['note.*']).ids).toEqual([]);
    for (const reveal of REVEALS) expect(isFieldId(GRANT_FOR_REVEAL[reveal])).toBe(true);
  });
});

describe('formats', () => {
  it('ask known fields once, accept only true generalisations, and need no more than their purposes', () => {
    for (const format of FORMATS) {
      const { fields, purposes } = formatOf(format);
      expect(new Set(fields.map((one) => one.field)).size).toBe(fields.length);
      for (const { field, accepts, usage } of fields) {
        for (const lesser of accepts) expect(generalisationsOf(field)).toContain(lesser);
        if (usage === 'required') for (const purpose of purposes) expect(neededFor(purpose).has(field)).toBe(true);
      }
    }
  });

  it('no purpose needs what no ordinary release can grant', () => {
    for (const purpose of PURPOSES)
      for (const id of neededFor(purpose)) expect(fieldOf(id).sensitivity).toBeLessThan(6);
  });
});

describe('what codes reveal', () => {
  it('the longest match counts, an exact one before any prefix, and an unknown code is unclassified', () => {
    const classes = codeClasses('1', [
      { system: 'diagnosis', code: 'F', prefix: true, reveals: [] },
      { system: 'diagnosis', code: 'F10', prefix: true, reveals: ['substanceUse'] },
      { system: 'diagnosis', code: 'F1099', prefix: false, reveals: [] },
    ]);
    expect(classes.reveals('diagnosis', 'F331')).toEqual([]);
    expect(classes.reveals('diagnosis', 'F1020')).toEqual(['substanceUse']);
    expect(classes.reveals('diagnosis', 'F1099')).toEqual([]);
    expect(classes.reveals('diagnosis', 'X1')).toBe('unclassified');
    expect(classes.reveals('procedure', 'F331')).toBe('unclassified');
  });
});
