import { answerPrompt } from './answers/answer-prompt.ts';
import type { ChatRequest } from './chat-request.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { FaultName } from './faults.ts';
import { inventQuote } from './invented-quote.ts';
import { type AnswerParts, placeThinking, type ThinkingMode } from './thinking.ts';

/** An answer before it is written to the wire. */
export interface Completion {
  /** Name and version of our prompt, or `other`. */
  readonly prompt: string;
  readonly parts: AnswerParts;
  readonly finishReason: 'stop' | 'length';
  readonly usage: CompletionUsage;
}

export interface CompletionUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** Answers a request, with the fault in what the answer says, if it is one of those. */
export function completeChat(
  request: ChatRequest,
  options: { mode: ThinkingMode; fault: FaultName | undefined },
): Completion {
  const answer = answerPrompt(request.messages);
  const content = cutAtStop(spoil(answer.content, options.fault), request.stop);
  const reasoningTokens = estimateTokens(answer.thinking);
  const wanted = reasoningTokens + estimateTokens(content);
  const isCut = options.fault === 'length' || wanted > request.maxTokens;
  if (!isCut) {
    const parts = placeThinking({ thinking: answer.thinking, content }, options.mode);
    const usage = usageOf(request, { completionTokens: wanted, reasoningTokens });
    return { prompt: answer.prompt, parts, finishReason: 'stop', usage };
  }
  // Thinking comes first and may take all the room: then there is no content at all.
  const completionTokens = Math.min(wanted, request.maxTokens);
  const spent = Math.min(reasoningTokens, completionTokens);
  const room = options.fault === 'length' ? 0 : (completionTokens - spent) * 4;
  const cut = { thinking: answer.thinking.slice(0, spent * 4), content: content.slice(0, room) };
  return {
    prompt: answer.prompt,
    parts: placeThinking(cut, options.mode),
    finishReason: 'length',
    usage: usageOf(request, { completionTokens, reasoningTokens: spent }),
  };
}

function spoil(content: string, fault: FaultName | undefined): string {
  if (fault === 'bad-json') return 'Certainly! Here is what I found in the text, in my own words.';
  return fault === 'invented-quote' ? inventQuote(content) : content;
}

function cutAtStop(content: string, stop: readonly string[]): string {
  const ends = stop.map((each) => content.indexOf(each)).filter((at) => at !== -1);
  return content.slice(0, Math.min(content.length, ...ends));
}

function usageOf(
  request: ChatRequest,
  counts: { completionTokens: number; reasoningTokens: number },
): CompletionUsage {
  return {
    prompt_tokens: request.promptTokens,
    completion_tokens: counts.completionTokens,
    total_tokens: request.promptTokens + counts.completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: counts.reasoningTokens },
  };
}
