import { z } from 'zod';
import type { SavedViewId } from '#libs/kernel';
import { disclosureFilter, disclosureSort } from './listing.js';
import { id, instant, line } from './scalars.js';
import { DISCLOSURE_COLUMNS } from './words.js';

/** The member as the query says it, if the query would take it. */
const asSaid = (member: z.ZodType) =>
  z
    .string()
    .min(1)
    .max(300)
    .superRefine((text, context) => {
      if (!member.safeParse(text).success) context.addIssue({ code: 'custom', params: { code: 'filter_invalid' } });
    })
    .exactOptional();

type Filter = { [Member in keyof typeof disclosureFilter]: ReturnType<typeof asSaid> };

const filter = z.strictObject(
  Object.fromEntries(Object.entries(disclosureFilter).map(([name, member]) => [name, asSaid(member)])) as Filter,
);

/** A way of looking at the list of disclosures, kept for one member of staff. Names of clients do not belong in `name`. */
const view = {
  name: line(80),
  /** Members of the query, as the query says them. */
  filter,
  columns: z.array(z.enum(DISCLOSURE_COLUMNS)).min(1).max(DISCLOSURE_COLUMNS.length),
  sort: asSaid(disclosureSort),
};

export const saveView = z.strictObject(view).meta({ id: 'SaveView' });

export const savedView = z
  .strictObject({
    id: z.uuid(),
    ...view,
    createdAt: instant,
    updatedAt: instant,
    /** Raised by every change; the entity tag is `"v<version>"`. */
    version: z.int().min(0),
  })
  .meta({ id: 'SavedView' });

export const viewInPath = z.strictObject({ id: id<SavedViewId>() });

export type SaveView = z.output<typeof saveView>;
export type SavedView = z.input<typeof savedView>;
