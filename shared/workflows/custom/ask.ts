import type { CallSpec } from '#shared/domain/call.ts';
import type { CallId, UnitId } from '#shared/domain/ids.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import { dataRule, hashText, type PromptLine, writePrompt } from '../prompt.ts';
import { type Field, hasField, isLookedFor } from './answer-schema.ts';
import type { AskingDefinition, WorkflowDefinition } from './definition.ts';
import { paramText } from './params.ts';
import { fillTemplate } from './template.ts';

/** What a question of a user's stage is made of. */
export interface Question {
  readonly callId: CallId;
  readonly params: unknown;
  readonly facts: Readonly<Record<string, string>>;
  readonly sections: Readonly<Record<string, readonly PromptLine[]>>;
  readonly unitIds: readonly UnitId[];
  readonly context: Readonly<Record<string, unknown>>;
}

/** Fact that holds the shape of the answer, as a JSON Schema on one line. */
export const schemaFact = 'Schema';

/**
 * Writes a question with the user's own prompt. The rules that keep text of documents from giving instructions stand around it and cannot
 * be left out.
 */
export function askWith(
  stage: AskingDefinition,
  { id, version }: Pick<WorkflowDefinition, 'id' | 'version'>,
): (question: Question) => CallSpec {
  const schema = JSON.stringify(stage.schema);
  const name = `custom.${id}.${stage.name}@${version}-${hashText(`${stage.kind} ${stage.prompt} ${schema}`)}`;
  return ({ callId, params, facts, sections, unitIds, context }) => {
    const task = fillTemplate(stage.prompt, ([, param = '']) => paramText(params, param));
    const read = Object.values(sections)
      .flat()
      .reduce((sum, { text }) => sum + estimateTokens(text), 0);
    return {
      callId,
      prompt: name,
      messages: writePrompt({
        id: name,
        instructions: instructionsFor(stage, task),
        facts: { ...facts, [schemaFact]: schema },
        sections,
      }),
      maxOutputTokens: Math.min(40_000, 8_000 + read),
      temperature: 0.3,
      unitIds: [...unitIds],
      context: { ...context, readTokens: read },
    };
  };
}

function instructionsFor(stage: AskingDefinition, task: string): string {
  const rules = [
    'Say only what the text says. Where it says nothing of a field, leave the field out; invent nothing.',
    ...(hasField(stage.schema, isQuote)
      ? [
          'A field of format "quote" is copied letter by letter from one single line of the text, 20 to 300 characters, without the tag in brackets; nothing is left out or corrected.',
        ]
      : []),
    ...(hasField(stage.schema, isExact)
      ? [
          'A field of format "exact" is copied letter by letter from one single line of the text, with no character more or less than is meant.',
        ]
      : []),
    'A field of format "date" is an ISO 8601 date, such as 2026-03-01.',
    `Answer with one JSON object that fits the JSON Schema of the fact "${schemaFact}", and nothing else.`,
  ];
  return `${sources[stage.kind]}

The message begins with facts about the task. After them the text stands between marker lines. ${dataRule}

The task
${task}

Rules
${rules.map((rule, index) => `${index + 1}. ${rule}`).join('\n')}`;
}

const lines =
  'Section "units" is the text, one unit a line; the line begins with the id of the unit in brackets, for example [d1.u12], sometimes with a remark such as [d1.u12 heading]. A line that begins with [header] repeats the header row of the table below it, [author] names who wrote or spoke what follows, [file] begins another file: none of them is quoted. Section "headings" says where the part stands.';

const sources: Readonly<Record<AskingDefinition['kind'], string>> = {
  map: `You work on a part of one or more office documents for somebody who relies on the result. ${lines}`,
  model: `You answer one question about office documents, or about results of earlier steps, for somebody who relies on the result. ${lines} Every other section holds the results of an earlier step, one JSON object a line.`,
  reduce:
    'You merge results that were taken from parts of office documents into one result, for somebody who relies on it. Section "results" has one JSON object a line. What several lines say alike is said once; what only one line says is kept; quotes, exact texts and figures are copied as they are.',
};

const isQuote = (field: Field) =>
  isLookedFor(field) && field.type === 'string' && field.format === 'quote';
const isExact = (field: Field) =>
  isLookedFor(field) && field.type === 'string' && field.format === 'exact';
