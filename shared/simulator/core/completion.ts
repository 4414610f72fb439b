import { answerPrompt } from '../answers/answer-prompt.ts';
import { sampleOf } from '../answers/sample.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import type { FaultName } from '../fault-names.ts';
import { spoilContent } from '../spoil/spoil-content.ts';
import { maskSensitive } from './mask.ts';
import type { Profile, Question } from './question.ts';
import { chooseTool, type ToolCall } from './tools.ts';

/** Tokens that an answer reports. */
export interface Usage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** Thinking included. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'abort';

/** An answer before any protocol writes it down. */
export interface Completion {
  /** Name and version of our prompt, or `other`. */
  readonly prompt: string;
  readonly thinking: string;
  readonly content: string;
  /** What it would have said without the fault, where the fault has changed that. */
  readonly honestContent?: string | undefined;
  readonly toolCall?: ToolCall | undefined;
  readonly finishReason: FinishReason;
  /** Absent where the provider reports none. */
  readonly usage?: Usage | undefined;
}

export interface CompletionOptions {
  readonly fault: FaultName | undefined;
  readonly profile: Profile;
  /** Tokens of thinking before the answer; a sentence if absent. */
  readonly thinkingTokens?: number | undefined;
}

/** Answers a question, with the fault in what the answer says or how it ends, if it is one of those. */
export function completeQuestion(question: Question, options: CompletionOptions): Completion {
  const { fault } = options;
  const heard = options.profile === 'strict' ? question : deafTo(question);
  const answer = answerPrompt(heard.messages);
  const toolCall = chooseTool(heard);
  const said = (told: FaultName | undefined) =>
    toolCall === undefined ? contentOf(heard, { answer: answer.content, fault: told }) : '';
  const content = said(fault);
  const honestContent = fault === undefined ? content : said(undefined);
  const { prompt } = answer;
  const thinking = lengthen(answer.thinking, options.thinkingTokens ?? 0);
  if (fault === 'empty')
    return { prompt, thinking: '', content, finishReason: 'stop', usage: zero };
  const whole = { prompt, thinking, content, toolCall };
  const fitted = fitInto(heard, whole, fault);
  const lie = honestContent === content ? {} : { honestContent };
  return { ...fitted, ...lie, usage: falsify(fitted.usage, fault) };
}

/** Thinking of at least so many tokens, no two sentences the same. */
function lengthen(thinking: string, tokens: number): string {
  let text = thinking;
  for (let step = 1; estimateTokens(text) < tokens; step += 1) {
    text += ` Looking at point ${step}: does it matter to the question, and is it said in the text?`;
  }
  return text;
}

/** What the model behind the providers was seen not to care about (providers.md § 5.1). */
function deafTo(question: Question): Question {
  const { stop: _stop, toolUse: _toolUse, json: _json, ...heard } = question;
  return heard;
}

function contentOf(
  question: Question,
  { answer, fault }: { answer: string; fault: FaultName | undefined },
): string {
  const last = question.messages.at(-1);
  const said = last?.role === 'tool' ? `The tool returned: ${last.content.slice(0, 600)}` : answer;
  const spoiled = spoilContent(asJson(said, question.json), fault, question.messages);
  const masked = question.isMasked === true ? maskSensitive(spoiled) : spoiled;
  const cut = cutAtStop(masked, question.stop ?? []);
  return question.hasSources === true ? `${cut}\n\nSources:\n[1] https://example.com/search` : cut;
}

function asJson(content: string, json: Question['json']): string {
  if (json === undefined || isJsonObject(content)) return content;
  const value = json.schema === undefined ? { answer: content } : sampleOf(json.schema);
  return JSON.stringify(value);
}

function isJsonObject(content: string): boolean {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function cutAtStop(content: string, stop: readonly string[]): string {
  const ends = stop.map((each) => content.indexOf(each)).filter((at) => at !== -1);
  return content.slice(0, Math.min(content.length, ...ends));
}

type Whole = Pick<Completion, 'prompt' | 'thinking' | 'content' | 'toolCall'>;
type Fitted = Completion & { readonly usage: Usage };

/** The answer as far as there is room for it. Thinking comes first and may take all the room: then there is no content at all. */
function fitInto(question: Question, whole: Whole, fault: FaultName | undefined): Fitted {
  const { maxTokens, promptTokens } = question;
  const reasoningTokens = estimateTokens(whole.thinking);
  const content = fault === 'repetition' ? repeat(whole.content, maxTokens) : whole.content;
  const wanted =
    reasoningTokens + estimateTokens(content) + estimateTokens(whole.toolCall?.arguments ?? '');
  const isThinkingOnly = fault === 'length' || fault === 'thinking-only';
  if (!isThinkingOnly && wanted <= maxTokens) {
    const usage = { promptTokens, cachedTokens: 0, completionTokens: wanted, reasoningTokens };
    const isBroken = fault === 'abort';
    const said = isBroken ? content.slice(0, Math.floor(content.length / 2)) : content;
    return { ...whole, content: said, finishReason: finishOf(whole, fault), usage };
  }
  const completionTokens = fault === 'thinking-only' ? maxTokens : Math.min(wanted, maxTokens);
  const spent =
    fault === 'thinking-only' ? completionTokens : Math.min(reasoningTokens, completionTokens);
  const room = isThinkingOnly ? 0 : (completionTokens - spent) * 4;
  return {
    prompt: whole.prompt,
    thinking: whole.thinking.slice(0, spent * 4),
    content: content.slice(0, room),
    finishReason: 'length',
    usage: { promptTokens, cachedTokens: 0, completionTokens, reasoningTokens: spent },
  };
}

function finishOf({ toolCall }: Whole, fault: FaultName | undefined): Completion['finishReason'] {
  if (fault === 'refusal') return 'content_filter';
  if (fault === 'abort') return 'abort';
  return toolCall === undefined ? 'stop' : 'tool_calls';
}

/** The same words over and over, more than there is room for. */
function repeat(content: string, maxTokens: number): string {
  const loop = `${[...content].slice(0, 60).join('') || 'again and again'} `;
  return loop.repeat(Math.ceil((maxTokens * 4) / loop.length) + 1);
}

const zero: Usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };

function falsify(usage: Usage, fault: FaultName | undefined): Usage | undefined {
  switch (fault) {
    case 'usage-missing':
      return undefined;
    case 'usage-negative':
      return { ...usage, promptTokens: -usage.promptTokens - 1, completionTokens: -1 };
    case 'usage-absurd':
      return { ...usage, promptTokens: 4_000_000_000, completionTokens: 9_000_000_000 };
    default:
      return usage;
  }
}
