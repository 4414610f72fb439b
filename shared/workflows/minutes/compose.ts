import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerFault, ModelStage, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { describeLanguage } from '../language-param.ts';
import { writePrompt } from '../prompt.ts';
import { MinutesParams } from './params.ts';
import { composePrompt } from './prompts.ts';
import {
  ComposeAnswer,
  type ComposeOutput,
  DedupeOutput,
  type Item,
  type Topic,
} from './schemas.ts';
import { turnsOf } from './turns.ts';

/** Notes that one call words. */
const notesPerCall = 60;

/** Words the summaries of the topics from the verified notes. What it gets wrong is left out; the notes are shown anyway. */
export const composeStage: ModelStage = {
  kind: 'model',
  name: 'compose',
  title: 'Wording the topics',
  tracksCoverage: false,
  isAdvisory: true,
  maxRounds: 1,
  answer: ComposeAnswer,

  plan(context) {
    const params = MinutesParams.parse(context.params);
    if (params.style === 'brief') return [];
    return partsOf(DedupeOutput.parse(context.earlier('dedupe'))).map((part, index) =>
      planCall(part, index, params),
    );
  },

  answerTokens() {
    return { low: 300, expected: 1_200, high: 4_000 };
  },

  check(answer, spec, context) {
    const verify = createVerifier(context);
    const asked = listIn(spec, 'topics');
    return ComposeAnswer.parse(answer).topics.flatMap((topic, index): AnswerFault[] => {
      const fault = asked.includes(topic.id)
        ? verify(topic)
        : '"id" must be the id of a topic that is given.';
      return fault === undefined
        ? []
        : [{ sentence: `Topic ${index + 1}: ${fault}`, isFatal: false }];
    });
  },

  assemble(context) {
    const verify = createVerifier(context);
    const output: ComposeOutput = { topics: [] };
    for (const outcome of context.outcomes) {
      if (!outcome.isAnswered) continue;
      const asked = listIn(outcome.spec, 'topics');
      for (const { title, ...topic } of ComposeAnswer.parse(outcome.answer).topics) {
        const isKnown = output.topics.some(({ id }) => id === topic.id);
        if (isKnown || !asked.includes(topic.id) || verify({ title, ...topic }) !== undefined)
          continue;
        output.topics.push({ ...topic, ...(title === undefined ? {} : { title }) });
      }
    }
    return { output, isComplete: true };
  },
};

interface Part {
  readonly topics: readonly Topic[];
  readonly items: readonly Item[];
}

/** Whole topics, as many as fit into a question; a topic with more notes than that is worded from its first. */
function partsOf({ topics, items }: DedupeOutput): Part[] {
  const parts: { topics: Topic[]; items: Item[] }[] = [];
  for (const topic of topics) {
    const own = items.filter((item) => item.topic === topic.id).slice(0, notesPerCall);
    if (own.length === 0) continue;
    const current = parts.at(-1);
    if (current === undefined || current.items.length + own.length > notesPerCall) {
      parts.push({ topics: [topic], items: own });
      continue;
    }
    current.topics.push(topic);
    current.items.push(...own);
  }
  return parts;
}

function planCall({ topics, items }: Part, index: number, params: MinutesParams): CallSpec {
  return {
    callId: callIdOf('compose', 0, index),
    prompt: composePrompt.id,
    messages: writePrompt({
      ...composePrompt,
      facts: { Language: describeLanguage(params.language) },
      sections: {
        topics: topics.map(({ id, title }) => ({ tag: id, text: title || 'Without a title' })),
        notes: items.map((item) => ({
          tag: `${item.id} ${item.kind} ${item.topic}`,
          text: wordsOf(item),
        })),
      },
    }),
    maxOutputTokens: 8_000,
    temperature: 0.3,
    unitIds: [],
    context: { topics: topics.map(({ id }) => id) },
  };
}

/** A note with its owner and date, as the minutes show them. */
function wordsOf({ text, owner, due, isWithdrawn }: Item): string {
  const who = owner.names.join(', ') || owner.said;
  return [
    text,
    ...(who === '' ? [] : [`Owner: ${who}.`]),
    ...(due.said === '' ? [] : [`Due: ${due.said}.`]),
    ...(isWithdrawn ? ['Taken back later.'] : []),
  ].join(' ');
}

type Verifier = (topic: ComposeAnswer['topics'][number]) => string | undefined;

/** Tells what is wrong with a summary: notes of another topic, a figure or a person that its notes do not name. */
function createVerifier(context: StageContext): Verifier {
  const { items } = DedupeOutput.parse(context.earlier('dedupe'));
  const names = namesIn(context);
  return ({ id, summary, title, from }) => {
    const own = items.filter((item) => item.topic === id);
    const used = own.filter((item) => from.includes(item.id));
    if (summary === '' || used.length === 0 || used.length < from.length) {
      return 'it needs a summary, and "from" must name notes of this topic.';
    }
    const sources = [
      ...used.map(wordsOf),
      ...used.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)),
    ];
    const said = `${title ?? ''} ${summary}`;
    if (unsupportedFigures(said, sources).length > 0) {
      return 'the summary has a figure that its notes do not have.';
    }
    const source = sources.join(' ');
    const isForeign = names.some((name) => says(said, name) && !says(source, name));
    return isForeign ? 'the summary names a person whom its notes do not name.' : undefined;
  };
}

function says(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at === -1) return false;
  const around = `${text.charAt(at - 1)}${text.charAt(at + name.length)}`;
  return !/\p{L}/u.test(around);
}

/** Words of the names of all who were invited or speak. */
function namesIn(context: StageContext): string[] {
  const invited = MinutesParams.parse(context.params).attendees.map(({ name }) => name);
  const speakers = turnsOf(context).turns.flatMap(({ speaker }) => speaker ?? []);
  const words = [...new Set([...invited, ...speakers])].flatMap((name) =>
    name.split(/[^\p{L}'’-]+/u),
  );
  return [...new Set(words)].filter((word) => /^\p{Lu}[\p{L}'’-]{2,}$/u.test(word));
}

function listIn(spec: CallSpec, key: string): string[] {
  const value = spec.context[key];
  return Array.isArray(value) ? value.map(String) : [];
}
