import * as z from 'zod';
import type { StageContext } from '../definition.ts';
import { languageParam } from '../language-param.ts';
import { type Field, FieldsParam } from './fields.ts';
import { InferOutput } from './schemas.ts';

/** Parameters of `extract-table`. */
export const ExtractTableParams = z.strictObject({
  fields: FieldsParam.default('infer').describe(
    'Columns of the table: a list of names, or of {name, type, description, isRequired, isKey}; or a JSON Schema object with properties; or infer, to have them proposed from the documents',
  ),
  rowPer: z
    .enum(['record', 'document'])
    .default('record')
    .describe(
      'record: a row for each record in the documents, such as a line of an invoice; document: one row for each document',
    ),
  language: languageParam.describe(
    'Language by which dates and numbers are read where they could be read in two ways, as a BCP 47 tag; auto: the language of the documents',
  ),
  chunkTokens: z
    .int()
    .min(200)
    .max(20_000)
    .default(1_600)
    .describe('How much of the documents one call reads, in tokens; never more than 50 rows'),
});
export type ExtractTableParams = z.infer<typeof ExtractTableParams>;

/** The fields in force: those given, or those that were inferred. */
export function fieldsOf(context: StageContext): readonly Field[] {
  const { fields } = ExtractTableParams.parse(context.params);
  if (fields !== 'infer') return fields;
  return InferOutput.parse(context.earlier('infer')).fields;
}
