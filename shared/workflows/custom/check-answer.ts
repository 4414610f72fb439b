import type { CallSpec } from '#shared/domain/call.ts';
import type { AnswerFault, StageContext } from '../definition.ts';
import { findQuote } from '../quotes.ts';
import type { ObjectField } from './answer-schema.ts';
import { findExact } from './find-text.ts';
import { recordsIn } from './records.ts';

/** Most faults that are told of an answer. */
const maxFaults = 12;

/** Texts of an answer that should stand in the units of its question and do not; the model is asked again with the sentences. */
export function checkTexts(
  answer: unknown,
  { spec, schema, context }: { spec: CallSpec; schema: ObjectField; context: StageContext },
): AnswerFault[] {
  // A question about results of earlier stages names no units: its quotes may stand anywhere.
  const units =
    spec.unitIds.length > 0
      ? spec.unitIds.flatMap((id) => context.unit(id) ?? [])
      : context.documents.flatMap(({ units: all }) => all);
  return recordsIn(schema, answer)
    .flatMap(({ field, pointer, values }) =>
      Object.entries(field.properties).flatMap(([name, property]): AnswerFault[] => {
        const text = values[name];
        if (property.type !== 'string' || typeof text !== 'string') return [];
        if (property.format !== 'quote' && property.format !== 'exact') return [];
        const isFound = units.some((unit) =>
          property.format === 'quote'
            ? findQuote(text, unit.text) !== undefined
            : findExact(text, unit.text).length > 0,
        );
        if (isFound) return [];
        const at = [pointer, name].filter((part) => part !== '').join('/');
        return [
          {
            sentence: `${at}: the text does not stand letter by letter in one unit; copy it from there or leave the entry out.`,
            isFatal: false,
          },
        ];
      }),
    )
    .slice(0, maxFaults);
}
