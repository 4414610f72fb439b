import type { Completion } from '../../core/completion.ts';
import { parseJson } from '../../core/context.ts';
import type { Failure } from '../../core/failures.ts';
import { deltasOf, placeThinking, type Shape } from '../../core/shape.ts';
import { eventFrame, type FailureReply, type WireForm } from '../../core/wire-form.ts';

export interface MessagesTraits {
  readonly id: string;
  readonly model: string;
  failure(failure: Failure): FailureReply;
}

/** The Anthropic Messages protocol. */
export function createMessagesForm(traits: MessagesTraits): WireForm {
  return {
    body: (completion, shape) => ({
      ...envelope(shape, traits),
      content: shape.hasChoices ? blocksOf(completion, { shape, traits }) : [],
      stop_reason: shape.hasFinish ? stopReasonOf(completion) : null,
      stop_sequence: null,
      ...(completion.usage && { usage: usageOf(completion) }),
    }),
    frames: (completion, shape) => messageFrames(completion, shape, traits),
    failure: traits.failure,
    failureFrames: (failure) => [eventFrame({ ...traits.failure(failure).body, type: 'error' })],
  };
}

interface Written {
  readonly shape: Shape;
  readonly traits: MessagesTraits;
}

function envelope({ role, otherModel }: Shape, { id, model }: MessagesTraits): object {
  return { id: `msg_${id}`, type: 'message', role, model: otherModel ?? model };
}

/** A block of content, as it is when it is whole, as it begins, and the pieces in between. */
interface Block {
  readonly whole: object;
  readonly start: object;
  readonly deltas: readonly object[];
}

function blocksOf(completion: Completion, written: Written): object[] {
  return describeBlocks(completion, written).map(({ whole }) => whole);
}

function describeBlocks(completion: Completion, { shape, traits }: Written): Block[] {
  const { reasoning, content } = placeThinking(completion, shape);
  const { toolCall } = completion;
  const blocks: Block[] = [];
  if (reasoning !== '') blocks.push(thinkingBlock(reasoning, shape));
  if (content !== '' || toolCall === undefined) blocks.push(textBlock(content, shape));
  if (toolCall !== undefined) {
    const start = { type: 'tool_use', id: `toolu_${traits.id}`, name: toolCall.name };
    const pieces = deltasOf(toolCall.arguments, { ...shape, isCumulative: false });
    blocks.push({
      whole: { ...start, input: parseJson(toolCall.arguments) },
      start: { ...start, input: {} },
      deltas: pieces.map((text) => ({ type: 'input_json_delta', partial_json: text })),
    });
  }
  return blocks;
}

function thinkingBlock(thinking: string, shape: Shape): Block {
  const signature = 'c2ltdWxhdG9y';
  return {
    whole: { type: 'thinking', thinking, signature },
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...deltasOf(thinking, shape).map((text) => ({ type: 'thinking_delta', thinking: text })),
      { type: 'signature_delta', signature },
    ],
  };
}

function textBlock(text: string, shape: Shape): Block {
  return {
    whole: { type: 'text', text },
    start: { type: 'text', text: '' },
    deltas: deltasOf(text, shape).map((piece) => ({ type: 'text_delta', text: piece })),
  };
}

function messageFrames(completion: Completion, shape: Shape, traits: MessagesTraits): string[] {
  const blocks = shape.hasChoices ? describeBlocks(completion, { shape, traits }) : [];
  const usage = completion.usage && usageOf(completion);
  const message = {
    ...envelope(shape, traits),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...(usage && { usage: { ...usage, output_tokens: 0 } }),
  };
  const delta = { stop_reason: stopReasonOf(completion), stop_sequence: null };
  // Without these two nothing says that the message is whole.
  const ends = shape.hasFinish
    ? [eventFrame({ type: 'message_delta', delta, ...(usage && { usage }) })]
    : [];
  const stops = shape.hasDone ? [eventFrame({ type: 'message_stop' })] : [];
  return [
    eventFrame({ type: 'message_start', message }),
    eventFrame({ type: 'ping' }),
    ...blocks.flatMap(blockFrames),
    ...ends,
    ...stops,
  ];
}

function blockFrames({ start, deltas }: Block, index: number): string[] {
  const event = (type: string, rest: object = {}) => eventFrame({ type, index, ...rest });
  return [
    event('content_block_start', { content_block: start }),
    ...deltas.map((delta) => event('content_block_delta', { delta })),
    event('content_block_stop'),
  ];
}

const stopReasons: Readonly<Record<Completion['finishReason'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
  abort: 'abort',
};

function stopReasonOf({ finishReason }: Completion): string {
  return stopReasons[finishReason];
}

function usageOf({ usage }: Completion): object {
  return {
    input_tokens: usage?.promptTokens ?? 0,
    output_tokens: usage?.completionTokens ?? 0,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage?.cachedTokens ?? 0,
  };
}
