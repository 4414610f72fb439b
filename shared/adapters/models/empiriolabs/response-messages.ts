import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelReply, ToolCall } from '#shared/ports/language-model.ts';
import { composeReply } from '../internal/compose-reply.ts';
import {
  baseStatus,
  failed,
  failureInside,
  member,
  protocolFailure,
} from '../internal/failures.ts';
import { joinParts } from '../internal/join-parts.ts';
import type { ReplyAssembly } from '../internal/read-reply.ts';
import { type ContentBlock, MessageBody, MessageEvent, type UsageBody } from './api-schema.ts';
import { classifyEmpirioLabs } from './errors.ts';
import { usageOfMessage } from './usage.ts';

/** Reasons to stop in the words of chat completions. */
const finishReasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** Puts an answer together from a message in Anthropic's format or from its events. */
export function createMessagesAssembly(): ReplyAssembly {
  const blocks = createBlocks();
  let stopReason: string | undefined;
  let model: string | undefined;
  let reported: UsageBody = {};
  let failure: ModelReply | undefined;

  const usage = (): TokenUsage => usageOfMessage(reported);
  const fail = (body: unknown) => {
    failure = failed(failureInside(body, { usage: usage(), classify: classifyEmpirioLabs }));
    return false;
  };
  const addMessage = (message: MessageBody) => {
    model = message.model ?? model;
    for (const [index, block] of (message.content ?? []).entries()) blocks.begin(index, block);
    stopReason = message.stop_reason || stopReason;
    reported = { ...reported, ...filled(message.usage) };
  };
  const addEvent = (event: MessageEvent) => {
    // The count of the answer at its start is of nothing yet.
    if (event.message) addMessage(withoutOutput(event.message));
    blocks.begin(event.index ?? 0, event.content_block);
    blocks.add(event.index ?? 0, event.delta);
    stopReason = event.delta?.stop_reason || stopReason;
    reported = { ...reported, ...filled(event.usage) };
  };
  return {
    add(data) {
      if (hasError(data)) return fail(data);
      const whole = MessageBody.safeParse(data).data;
      const event = MessageEvent.safeParse(data).data;
      if (whole?.type === 'message') addMessage(whole);
      else if (event !== undefined) addEvent(event);
      else failure = failed(protocolFailure('a message', usage()));
      return failure === undefined && event?.type !== 'message_stop';
    },
    cut() {
      stopReason = 'max_tokens';
    },
    reply() {
      if (failure !== undefined) return failure;
      const finishReason = stopReason && (finishReasons[stopReason] ?? stopReason);
      const parts = { ...blocks.list(), finishReason, usage: usage(), modelAnswered: model };
      return composeReply(parts, classifyEmpirioLabs);
    },
  };
}

/** An error, as an event or a body of its own, or as MiniMax has it. */
function hasError(data: unknown): boolean {
  const error = member(data, 'error');
  return (error !== undefined && error !== null) || baseStatus(data) !== undefined;
}

/** Counts that are there; one that is missing or zero does not take back one that was. */
function filled(usage: UsageBody | null | undefined): UsageBody {
  return Object.fromEntries(Object.entries(usage ?? {}).filter(([, value]) => Boolean(value)));
}

function withoutOutput(message: MessageBody): MessageBody {
  return { ...message, usage: { ...message.usage, output_tokens: undefined } };
}

interface Block {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly texts: string[];
}

/** Blocks by their place: text, thinking, and calls of functions with their arguments bit by bit. */
function createBlocks() {
  const blocks = new Map<number, Block>();
  return {
    begin(index: number, block: ContentBlock | null | undefined): void {
      if (!block) return;
      const texts = [block.text ?? block.thinking ?? argumentsIn(block)];
      const { type, id, name } = block;
      blocks.set(index, { type: type ?? 'text', id: id ?? '', name: name ?? '', texts });
    },
    add(index: number, delta: MessageEvent['delta']): void {
      const text = delta?.text ?? delta?.thinking ?? delta?.partial_json;
      if (typeof text !== 'string') return;
      const type = typeof delta?.thinking === 'string' ? 'thinking' : 'text';
      const block = blocks.get(index) ?? { type, id: '', name: '', texts: [] };
      blocks.set(index, { ...block, texts: [...block.texts, text] });
    },
    list() {
      const all = [...blocks.entries()].map(([index, block]) => ({
        ...block,
        index,
        text: joinParts(block.texts),
      }));
      const textsOf = (type: string) => {
        const texts = all.filter((each) => each.type === type).map((each) => each.text);
        return texts.length === 0 ? [] : [texts.join('')];
      };
      return {
        contents: textsOf('text'),
        reasonings: textsOf('thinking'),
        toolCalls: all.filter(({ type }) => type === 'tool_use').map(toolCallOf),
      };
    },
  };
}

/** Whole arguments; at the start of a stream they are an empty object, and the real ones follow. */
function argumentsIn({ input }: ContentBlock): string {
  const isEmpty = typeof input !== 'object' || input === null || Object.keys(input).length === 0;
  return isEmpty ? '' : JSON.stringify(input);
}

function toolCallOf(block: Block & { index: number; text: string }): ToolCall {
  const { id, name, text, index } = block;
  return { id: id || `call_${index}`, name, argumentsText: text === '' ? '{}' : text };
}
