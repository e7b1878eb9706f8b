import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DatabaseError } from './database-error.js';

/** Marks a Map in the stored text; no record of ours has a member of this name. */
const MAP = '$map';

/** As it stands in the stored text; a value that says the same only costs time. */
const MAP_MEMBER = JSON.stringify(MAP);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isEntries = (value: unknown): value is readonly (readonly [unknown, unknown])[] =>
  Array.isArray(value) && value.every((entry) => Array.isArray(entry) && entry.length === 2);

/**
 * The same value with its Maps as lists of their entries; itself where it holds none. Done beforehand, because a replacer
 * that JSON.stringify calls for every member costs more than all the rest (measured: half of writing a decision).
 */
const withoutMaps = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  if (value instanceof Map) return { [MAP]: [...value].map(([key, one]) => [withoutMaps(key), withoutMaps(one)]) };
  if (Array.isArray(value)) return listWithoutMaps(value);
  if (MAP in value) throw new DatabaseError('blob_unreadable');
  let changed: Record<string, unknown> | undefined;
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    const plain = withoutMaps(member);
    if (plain !== member) (changed ??= { ...value })[name] = plain;
  }
  return changed ?? value;
};

const listWithoutMaps = (list: readonly unknown[]): readonly unknown[] => {
  let changed: unknown[] | undefined;
  for (const [index, one] of list.entries()) {
    const plain = withoutMaps(one);
    if (plain !== one) (changed ??= [...list])[index] = plain;
  }
  return changed ?? list;
};

const untagMap = (_name: string, value: unknown): unknown => {
  if (!isObject(value) || !(MAP in value)) return value;
  const entries = value[MAP];
  if (!isEntries(entries)) throw new DatabaseError('blob_unreadable');
  return new Map(entries);
};

/** A record as bytes to be encrypted: JSON, with Maps as lists of their entries. Absent members stay absent. */
export const encode = (record: unknown): Uint8Array => encoder.encode(JSON.stringify(withoutMaps(record)));

/** `blob_unreadable`: something else wrote it. What is wrong with it is not said, since that would quote it. */
export const decode = (bytes: Uint8Array): unknown => {
  try {
    const text = decoder.decode(bytes);
    return text.includes(MAP_MEMBER) ? JSON.parse(text, untagMap) : JSON.parse(text);
  } catch {
    throw new DatabaseError('blob_unreadable');
  }
};

/** Fast, and on a decision nearly as small as the slowest. */
const LEVEL = 3;

/** As `encode`, for records that repeat themselves: a decision comes to a seventh of its size. */
export const encodePacked = (record: unknown): Uint8Array => deflateRawSync(encode(record), { level: LEVEL });

/** `blob_unreadable`, as for `decode`. */
export const decodePacked = (bytes: Uint8Array): unknown => {
  let text: Uint8Array;
  try {
    text = inflateRawSync(bytes);
  } catch {
    throw new DatabaseError('blob_unreadable');
  }
  return decode(text);
};
