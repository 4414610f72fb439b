import type { Completion } from '../../core/completion.ts';
import type { Failure } from '../../core/failures.ts';
import type { Shape } from '../../core/shape.ts';
import {
  eventFrame,
  type FailureReply,
  type WireEvent,
  type WireForm,
} from '../../core/wire-form.ts';
import { itemEvents, outputItems } from './output-items.ts';

export interface ResponsesTraits {
  readonly id: string;
  readonly createdInSeconds: number;
  readonly model: string;
  failure(failure: Failure): FailureReply;
}

/** The OpenAI Responses protocol. */
export function createResponsesForm(traits: ResponsesTraits): WireForm {
  return {
    body: (completion, shape) => responseBody(completion, shape, traits),
    frames: (completion, shape) => responseFrames(completion, shape, traits),
    failure: (failure) =>
      failure.insideCode === undefined
        ? traits.failure(failure)
        : { status: 200, body: failedResponse(failure, traits) },
    failureFrames: (failure) => {
      const created = opening(traits, undefined);
      return numbered([
        { type: 'response.created', response: created },
        { type: 'response.failed', response: failedResponse(failure, traits) },
      ]);
    },
  };
}

function responseBody(completion: Completion, shape: Shape, traits: ResponsesTraits): object {
  const { usage } = completion;
  const items = shape.hasChoices ? outputItems(completion, shape, traits.id) : [];
  return {
    ...opening(traits, shape.otherModel),
    ...endingOf(completion, shape),
    output: items.map(({ whole }) => whole),
    ...(usage && {
      usage: {
        input_tokens: usage.promptTokens,
        input_tokens_details: { cached_tokens: usage.cachedTokens },
        output_tokens: usage.completionTokens,
        output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
        total_tokens: usage.promptTokens + usage.completionTokens,
      },
    }),
  };
}

/** A response that has only begun. */
function opening({ id, createdInSeconds, model }: ResponsesTraits, otherModel: string | undefined) {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdInSeconds,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    model: otherModel ?? model,
    output: [],
    parallel_tool_calls: true,
    usage: null,
  };
}

function endingOf({ finishReason }: Completion, { hasFinish }: Shape): object {
  if (!hasFinish) return {};
  switch (finishReason) {
    case 'length':
      return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    case 'content_filter':
      return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
    case 'abort':
      return { status: 'cancelled' };
    default:
      return { status: 'completed' };
  }
}

function failedResponse({ message, insideCode }: Failure, traits: ResponsesTraits): object {
  const code = insideCode === 1002 ? 'rate_limit_exceeded' : 'server_error';
  const told = insideCode === undefined ? message : `${message} (${insideCode})`;
  return { ...opening(traits, undefined), status: 'failed', error: { code, message: told } };
}

function responseFrames(completion: Completion, shape: Shape, traits: ResponsesTraits): string[] {
  const begun = opening(traits, shape.otherModel);
  const items = shape.hasChoices ? outputItems(completion, shape, traits.id) : [];
  const whole = responseBody(completion, shape, traits);
  return numbered([
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...items.flatMap(itemEvents),
    ...(shape.hasFinish ? [{ type: endOf(completion), response: whole }] : []),
  ]);
}

function endOf({ finishReason }: Completion): string {
  if (finishReason === 'abort') return 'response.failed';
  const isWhole = finishReason === 'stop' || finishReason === 'tool_calls';
  return isWhole ? 'response.completed' : 'response.incomplete';
}

function numbered(events: readonly WireEvent[]): string[] {
  return events.map((event, index) => eventFrame({ ...event, sequence_number: index }));
}
