import type { Completion } from '../../core/completion.ts';
import { deltasOf, placeThinking, type Shape } from '../../core/shape.ts';
import type { WireEvent } from '../../core/wire-form.ts';

/** One thing that a response puts out, with the events in which a stream brings it. */
export interface OutputItem {
  readonly whole: object;
  /** As it is announced, before anything is in it. */
  readonly start: object;
  /** Each with the item's id and place added when it is sent. */
  readonly events: readonly WireEvent[];
  readonly id: string;
}

/** Thinking, then the message or the call of a function. */
export function outputItems(completion: Completion, shape: Shape, id: string): OutputItem[] {
  const { reasoning, content } = placeThinking(completion, shape);
  const { toolCall } = completion;
  const items: OutputItem[] = [];
  if (reasoning !== '') items.push(reasoningItem(reasoning, shape, id));
  if (content !== '' || toolCall === undefined)
    items.push(messageItem({ completion, content, shape, id }));
  if (toolCall !== undefined) items.push(callItem(toolCall, shape, id));
  return items;
}

/** The events of an item, from its announcement to its end. */
export function itemEvents({ whole, start, events, id }: OutputItem, index: number): WireEvent[] {
  const place = { output_index: index };
  return [
    { type: 'response.output_item.added', ...place, item: start },
    ...events.map((event) => ({ ...event, item_id: id, ...place })),
    { type: 'response.output_item.done', ...place, item: whole },
  ];
}

function reasoningItem(text: string, shape: Shape, responseId: string): OutputItem {
  const id = `rs_${responseId}`;
  const part = (said: string) => ({ type: 'reasoning_text', text: said });
  const place = { content_index: 0 };
  return {
    id,
    whole: { id, type: 'reasoning', summary: [], content: [part(text)] },
    start: { id, type: 'reasoning', summary: [], content: [] },
    events: [
      eventOf('response.content_part.added', { ...place, part: part('') }),
      ...deltasOf(text, shape).map((delta) =>
        eventOf('response.reasoning_text.delta', { ...place, delta }),
      ),
      eventOf('response.reasoning_text.done', { ...place, text }),
      eventOf('response.content_part.done', { ...place, part: part(text) }),
    ],
  };
}

interface WrittenText {
  readonly completion: Completion;
  readonly content: string;
  readonly shape: Shape;
  readonly id: string;
}

function messageItem({ completion, content, shape, id: responseId }: WrittenText): OutputItem {
  const id = `msg_${responseId}`;
  const isWhole = completion.finishReason === 'stop';
  const base = { id, type: 'message', role: shape.role };
  const textPart = (text: string) => ({ type: 'output_text', text, annotations: [] });
  const part = { content_index: 0 };
  return {
    id,
    whole: { ...base, status: isWhole ? 'completed' : 'incomplete', content: [textPart(content)] },
    start: { ...base, status: 'in_progress', content: [] },
    events: [
      eventOf('response.content_part.added', { ...part, part: textPart('') }),
      ...deltasOf(content, shape).map((delta) =>
        eventOf('response.output_text.delta', { ...part, delta }),
      ),
      eventOf('response.output_text.done', { ...part, text: content }),
      eventOf('response.content_part.done', { ...part, part: textPart(content) }),
    ],
  };
}

function callItem(
  call: { name: string; arguments: string },
  shape: Shape,
  responseId: string,
): OutputItem {
  const id = `fc_${responseId}`;
  const base = { id, type: 'function_call', call_id: `call_${responseId}`, name: call.name };
  const pieces = deltasOf(call.arguments, { ...shape, isCumulative: false });
  return {
    id,
    whole: { ...base, arguments: call.arguments, status: 'completed' },
    start: { ...base, arguments: '', status: 'in_progress' },
    events: [
      ...pieces.map((delta) => eventOf('response.function_call_arguments.delta', { delta })),
      eventOf('response.function_call_arguments.done', { arguments: call.arguments }),
    ],
  };
}

function eventOf(type: string, fields: object): WireEvent {
  return { type, ...fields };
}
