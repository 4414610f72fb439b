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
import type { ReplyAssembly } from '../internal/read-reply.ts';
import { type OutputItem, ResponseBody, ResponseEvent } from './api-schema.ts';
import { classifyEmpirioLabs } from './errors.ts';
import { usageOfResponse } from './usage.ts';

/** Events with which a response ends; each brings the whole of it. */
const lastEvents = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
]);

/** Puts an answer together from a response of the Responses API or from its events. */
export function createResponsesAssembly(): ReplyAssembly {
  const contents: string[] = [];
  const reasonings: string[] = [];
  const items: OutputItem[] = [];
  let whole: ResponseBody | undefined;
  let usage: TokenUsage = {};
  let failure: ModelReply | undefined;
  let isCut = false;

  const fail = (body: unknown) => {
    failure = failed(failureInside(body, { usage, classify: classifyEmpirioLabs }));
    return false;
  };
  const end = (body: ResponseBody) => {
    whole = body;
    if (body.usage) usage = usageOfResponse(body.usage);
    const hasFailed = body.status === 'failed' || body.status === 'cancelled' || isSet(body.error);
    return hasFailed ? fail({ error: body.error ?? {} }) : false;
  };
  const addEvent = ({ type, delta, item }: ResponseEvent) => {
    if (type === 'response.output_item.done' && item) items.push(item);
    if (typeof delta !== 'string') return;
    if (type === 'response.output_text.delta') contents.push(delta);
    if (/^response\.reasoning.*\.delta$/.test(type ?? '')) reasonings.push(delta);
  };
  return {
    add(data) {
      if (hasError(data)) return fail(errorOf(data));
      const event = ResponseEvent.safeParse(data).data;
      const body = lastEvents.has(event?.type ?? '') ? event?.response : wholeResponse(data);
      if (body) return end(body);
      if (event !== undefined) addEvent(event);
      else failure = failed(protocolFailure('a response', usage));
      return failure === undefined;
    },
    cut() {
      isCut = true;
    },
    reply() {
      if (failure !== undefined) return failure;
      const output = whole?.output?.length ? whole.output : items;
      const texts = textsIn(output, 'message');
      const thoughts = textsIn(output, 'reasoning');
      const parts = {
        // What stands in the whole is what counts; without it, what came bit by bit.
        contents: texts.length > 0 ? [texts.join('')] : contents,
        reasonings: thoughts.length > 0 ? [thoughts.join('')] : reasonings,
        toolCalls: output.flatMap(toolCallsIn),
        finishReason: isCut ? 'length' : whole && finishReasonOf(whole, output),
        usage,
        modelAnswered: whole?.model ?? undefined,
      };
      return composeReply(parts, classifyEmpirioLabs);
    },
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** An error that stands alone: a failed response has its own within, beside what it has cost. */
function hasError(data: unknown): boolean {
  const isResponse = member(data, 'object') === 'response';
  const isEvent = member(data, 'type') === 'error';
  return isEvent || baseStatus(data) !== undefined || (!isResponse && isSet(member(data, 'error')));
}

/** An event of the kind `error` is the error itself, or has it within. */
function errorOf(data: unknown): unknown {
  const isItself = member(data, 'type') === 'error' && !isSet(member(data, 'error'));
  return isItself ? { error: data } : data;
}

/** One body where a stream was asked for. */
function wholeResponse(data: unknown): ResponseBody | undefined {
  const body = ResponseBody.safeParse(data).data;
  return body?.object === 'response' ? body : undefined;
}

function textsIn(output: readonly OutputItem[], type: string): string[] {
  const parts = output
    .filter((item) => item.type === type)
    .flatMap((item) => [...(item.content ?? []), ...(item.summary ?? [])]);
  return parts.map((part) => part.text ?? '');
}

function toolCallsIn(item: OutputItem): ToolCall[] {
  if (item.type !== 'function_call') return [];
  const { call_id, id, name, arguments: argumentsText } = item;
  return [{ id: call_id || id || 'call_0', name: name ?? '', argumentsText: argumentsText ?? '' }];
}

/** How the response ended, in the words of chat completions. */
function finishReasonOf(
  { status, incomplete_details }: ResponseBody,
  output: readonly OutputItem[],
): string | undefined {
  const hasRefused = output.some((item) => item.content?.some(({ type }) => type === 'refusal'));
  if (hasRefused) return 'content_filter';
  if (status === 'incomplete') {
    const reason = incomplete_details?.reason ?? 'unknown';
    return reason === 'max_output_tokens' ? 'length' : reason;
  }
  if (status !== 'completed') return undefined;
  return output.some((item) => item.type === 'function_call') ? 'tool_calls' : 'stop';
}
