import * as z from 'zod';
import { Field, isLookedFor, type ObjectField } from '#shared/workflows/custom/answer-schema.ts';
import { readPrompt } from '#shared/workflows/prompt.ts';

/** A text that no document of ours holds. */
const invention = 'the moon office has approved 999 million paper boats for the coming season';

const Record = z.record(z.string(), z.unknown());

/**
 * Puts an invented text into the answer to a question of a user's own workflow: as a further record of a list that has quotes, or else in
 * place of a quote. Any other answer stays as it is.
 */
export function inventRecord(
  content: string,
  asked: readonly { readonly role: string; readonly content: string }[],
): string {
  const prompt = readPrompt(asked);
  if (prompt?.id.startsWith('custom.') !== true) return content;
  const schema = Field.safeParse(safeJson(prompt.facts['Schema'] ?? '')).data;
  const answer = Record.safeParse(safeJson(content)).data;
  if (schema?.type !== 'object' || answer === undefined) return content;
  return JSON.stringify({ ...answer, ...inventedFields(schema, answer) });
}

function inventedFields({ properties }: ObjectField, answer: z.infer<typeof Record>) {
  for (const [name, field] of Object.entries(properties)) {
    if (isLookedFor(field)) return { [name]: invention };
    const items = field.type === 'array' ? field.items : undefined;
    if (items?.type !== 'object') continue;
    const quotes = Object.entries(items.properties).filter(([, each]) => isLookedFor(each));
    const list = answer[name];
    if (quotes.length === 0 || !Array.isArray(list) || list.length === 0) continue;
    const invented = Object.fromEntries(quotes.map(([quote]) => [quote, invention]));
    return { [name]: [{ ...list[0], ...invented }, ...list] };
  }
  return {};
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
