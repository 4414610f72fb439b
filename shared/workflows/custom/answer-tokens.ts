import type { CallSpec } from '#shared/domain/call.ts';
import type { Range } from '#shared/domain/estimate.ts';
import { hasField, type ObjectField } from './answer-schema.ts';

/** Tokens of an answer: a list grows with what is read, a plain record does not. Thinking comes on top. */
export function answerTokens({ context }: Pick<CallSpec, 'context'>, schema: ObjectField): Range {
  const read = Number(context['readTokens'] ?? 0);
  const fields = Object.keys(schema.properties).length;
  if (!hasField(schema, ({ type }) => type === 'array')) {
    return { low: fields * 4, expected: 400 + fields * 40, high: 3_000 + fields * 200 };
  }
  return { low: 10, expected: 500 + read * 0.25, high: 3_000 + read * 1.5 };
}
