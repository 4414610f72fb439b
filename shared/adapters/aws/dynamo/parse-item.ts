import type * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { Item } from './table.ts';

/** An item as the domain knows it: keys and other attributes of the table fall away. */
export function parseItem<Output>(schema: z.ZodType<Output>, item: Item, what: string): Output {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
  throw new QuireError(
    'internal_error',
    `Expected a stored ${what} of this release; wrong: ${fields.join(', ')}. Was it written by a newer one?`,
    { details: { fields } },
  );
}
