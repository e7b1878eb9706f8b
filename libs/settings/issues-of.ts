import type { z } from 'zod';
import { issue, type Issue } from '#libs/kernel';

/** RFC 6901. */
const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * What a schema found, as issues `<prefix>.<kind>`. A schema's own messages are left out, because some quote what they
 * found; unknown members are named one by one.
 */
export const issuesOf = (error: z.ZodError, place: { prefix: string; file: string }): readonly Issue[] =>
  error.issues.flatMap((found) => {
    const code = `${place.prefix}.${found.code.replaceAll('_', '-')}`;
    const members = found.code === 'unrecognized_keys' ? found.keys.map((key) => [...found.path, key]) : [found.path];
    return members.map((path) => issue(code, `${place.file}#${pointer(path)}`));
  });
