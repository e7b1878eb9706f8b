import type { z } from 'zod';
import { issue, type Issue } from '#libs/kernel';

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const list = (words: readonly unknown[]): string => words.map(String).join(', ').slice(0, 2_000);

/** At which places among its siblings an unknown member stands: its name came from outside and is not repeated. */
const unknownMembers = (keys: readonly string[], holder: unknown): string => {
  const names = typeof holder === 'object' && holder !== null ? Object.keys(holder) : [];
  return `remove member ${keys.map((key) => names.indexOf(key) + 1).join(', ')} of ${names.length}`;
};

const at = (input: unknown, path: readonly PropertyKey[]): unknown => {
  let found: unknown = input;
  for (const step of path)
    found =
      typeof found === 'object' && found !== null ? Object.getOwnPropertyDescriptor(found, step)?.value : undefined;
  return found;
};

/** Whether the place is empty in something that has places. */
const isAbsent = (input: unknown, path: readonly PropertyKey[]): boolean => {
  const holder = at(input, path.slice(0, -1));
  return path.length > 0 && typeof holder === 'object' && holder !== null && at(input, path) === undefined;
};

const CUSTOM_CODE = /^[a-z_]{1,40}$/;

/** One fault of a schema as an issue: code, JSON pointer and the rule. Nothing of what stood there is read into it. */
const issueOf = (found: z.core.$ZodIssue, input: unknown): Issue => {
  const path = pointer(found.path);
  switch (found.code) {
    case 'invalid_type':
      return issue(isAbsent(input, found.path) ? 'required' : 'wrong_type', path, found.expected);
    case 'too_big':
      return issue('too_big', path, `at most ${String(found.maximum)}`);
    case 'too_small':
      return issue('too_small', path, `at least ${String(found.minimum)}`);
    case 'invalid_format':
      return issue('wrong_format', path, found.format);
    case 'invalid_value':
      return issue(isAbsent(input, found.path) ? 'required' : 'not_allowed', path, list(found.values));
    case 'unrecognized_keys':
      return issue('unknown_member', path, unknownMembers(found.keys, at(input, found.path)));
    case 'invalid_union':
      return issue(isAbsent(input, found.path) ? 'required' : 'not_allowed', path);
    case 'custom': {
      const code: unknown = found.params?.['code'];
      return issue(typeof code === 'string' && CUSTOM_CODE.test(code) ? code : 'invalid', path);
    }
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return issue('invalid', path);
  }
};

export const issuesOf = (error: z.ZodError, input: unknown, prefix = ''): readonly Issue[] =>
  error.issues.map((found) => {
    const told = issueOf(found, input);
    return { ...told, path: `${prefix}${told.path}` };
  });
