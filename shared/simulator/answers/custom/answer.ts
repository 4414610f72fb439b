import { Field, type ObjectField } from '#shared/workflows/custom/answer-schema.ts';
import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { dueIn } from '../minutes/due.ts';
import { clipText, splitSentences } from '../sentences.ts';
import { dateIn } from './date.ts';
import { memberFor } from './members.ts';
import { mergeResults } from './merge.ts';
import { type PersonalText, personalTextsIn } from './personal-data.ts';

/**
 * Answers any question of a user's own workflow without a model: fields are filled with what the text says, by the look of it. Quotes are
 * sentences of the text, members of an enumeration are told by words.
 */
export function answerCustom(prompt: WrittenPrompt): unknown {
  const schema = schemaOf(prompt);
  if (schema === undefined) return {};
  const lines = (prompt.sections['units'] ?? []).filter(isText);
  const results = Object.entries(prompt.sections)
    .filter(([name]) => name !== 'units' && name !== 'headings')
    .flatMap(([, each]) => each);
  if (results.length > 0) return mergeResults(schema, results);
  return recordFrom(schema, sourceOf(lines));
}

interface Source {
  readonly lines: readonly PromptLine[];
  readonly text: string;
  readonly sentences: readonly string[];
  readonly personal?: PersonalText;
}

function sourceOf(lines: readonly PromptLine[]): Source {
  return {
    lines,
    text: lines.map(({ text }) => text).join('\n'),
    sentences: lines.flatMap(({ text }) => splitSentences(text)),
  };
}

function isText({ tag }: PromptLine): boolean {
  return !/^(?:header|author|file)\b/.test(tag);
}

function schemaOf({ facts }: WrittenPrompt): ObjectField | undefined {
  try {
    const field = Field.safeParse(JSON.parse(facts['Schema'] ?? '')).data;
    return field?.type === 'object' ? field : undefined;
  } catch {
    return undefined;
  }
}

function recordFrom({ properties }: ObjectField, source: Source): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, field]) => [
    name,
    valueFor({ name, field }, source),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const maxRecords = 5;

function valueFor({ name, field }: { name: string; field: Field }, source: Source): unknown {
  switch (field.type) {
    case 'object':
      return recordFrom(field, source);
    case 'array':
      return listFor({ name, field }, source);
    case 'string':
      return textFor({ name, field }, source);
    case 'boolean':
      return source.text.toLowerCase().includes(name.toLowerCase());
    case 'integer':
    case 'number':
      return Number(/(?<![\d.,])\d{1,9}(?![\d.,]\d)/u.exec(source.text)?.[0] ?? 0);
  }
}

function listFor(
  { name, field }: { name: string; field: Extract<Field, { type: 'array' }> },
  source: Source,
): unknown[] {
  const { items } = field;
  if (items.type !== 'object') {
    return source.sentences
      .slice(0, maxRecords)
      .map((sentence) => valueFor({ name, field: items }, sourceOf([{ tag: '', text: sentence }])));
  }
  const isExact = Object.values(items.properties).some(
    (each) => each.type === 'string' && each.format === 'exact',
  );
  if (isExact) {
    const found = source.lines.flatMap(({ text, tag }) =>
      personalTextsIn(text).map((personal) => ({ ...sourceOf([{ tag, text }]), personal })),
    );
    const distinct = found.filter(
      ({ personal }, index) =>
        found.findIndex((each) => each.personal.text === personal.text) === index,
    );
    return distinct.slice(0, field.maxItems ?? 500).map((each) => recordFrom(items, each));
  }
  const telling = source.lines.filter(({ text }) => text.length >= 40);
  return telling
    .slice(0, Math.min(maxRecords, field.maxItems ?? maxRecords))
    .map((line) => recordFrom(items, sourceOf([line])));
}

function textFor(
  { name, field }: { name: string; field: Extract<Field, { type: 'string' }> },
  source: Source,
): string | undefined {
  const { personal, sentences, text } = source;
  if (field.enum !== undefined) return memberFor(field.enum, { name, text, personal });
  if (field.format === 'exact') return personal?.text ?? sentences[0];
  const best = telling(sentences);
  if (field.format === 'quote') return best === undefined ? undefined : clipText(best, 280);
  if (field.format === 'date') return dateIn(text);
  if (/answer|reply|response|antwort/iu.test(name)) {
    return clipText(
      'Thank you for your message. We have received it and come back to you.',
      field.maxLength ?? 400,
    );
  }
  return best === undefined ? undefined : clipText(best, Math.min(field.maxLength ?? 400, 400));
}

const asking =
  /\?|\b(?:please|could you|would you|can you|need|want|ask|request|send|confirm|bitte|können sie|bitten)\b/iu;

/** The sentence that asks for something, or names a day, or else the first whole one. */
function telling(sentences: readonly string[]): string | undefined {
  const whole = sentences.filter(
    (sentence) => sentence.length >= 20 && !/^(?:subject|from|to|date|sent|cc):/iu.test(sentence),
  );
  return (
    whole.find((sentence) => asking.test(sentence)) ??
    whole.find((sentence) => dueIn(sentence) !== undefined) ??
    whole[0] ??
    sentences[0]
  );
}
