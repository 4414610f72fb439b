import type { Completion } from '../../core/completion.ts';
import type { Failure } from '../../core/failures.ts';
import { placeThinking, type Shape } from '../../core/shape.ts';
import { dataFrame, doneFrame, type WireForm } from '../../core/wire-form.ts';
import { chatFrames } from './chat-stream.ts';
import { type ChatTraits, toolCallId } from './chat-traits.ts';

/** The OpenAI chat protocol. */
export function createChatForm(traits: ChatTraits): WireForm {
  const wrap = (body: object) => traits.envelope?.(body) ?? body;
  return {
    ...(traits.headers && { headers: traits.headers }),
    ...(traits.isJsonAtTimes && { isJsonAtTimes: true }),
    body: (completion, shape) => wrap(chatBody(completion, shape, traits)),
    frames: (completion, shape) => chatFrames(completion, shape, traits),
    failure: (failure) =>
      failure.insideCode === undefined
        ? traits.failure(failure)
        : { status: 200, body: wrap(insideBody(failure, traits)) },
    failureFrames: (failure) => {
      const body =
        failure.insideCode === undefined
          ? traits.failure(failure).body
          : insideBody(failure, traits);
      return [dataFrame(body), doneFrame];
    },
  };
}

function chatBody(completion: Completion, shape: Shape, traits: ChatTraits): object {
  const { id, created, model } = traits;
  const finishReason = shape.hasFinish ? completion.finishReason : null;
  const choice = {
    index: 0,
    message: messageOf(completion, shape, traits),
    finish_reason: finishReason,
    ...traits.choiceExtras?.(finishReason),
  };
  return {
    id,
    created,
    model: shape.otherModel ?? model,
    object: 'chat.completion',
    choices: shape.hasChoices ? [choice] : [],
    ...(completion.usage && { usage: traits.usage(completion.usage, shape) }),
    ...traits.bodyExtras,
  };
}

function messageOf(completion: Completion, shape: Shape, traits: ChatTraits): object {
  const { reasoning, content } = placeThinking(completion, shape);
  const { toolCall } = completion;
  const calls = toolCall && [
    { id: toolCallId(traits), type: 'function', function: toolCall, index: 0 },
  ];
  return {
    role: shape.role,
    content,
    ...traits.messageExtras,
    ...(reasoning === '' ? {} : traits.reasoning(reasoning, shape)),
    ...(calls && { tool_calls: calls }),
  };
}

/** A failure of MiniMax that is called a success (providers.md § 5.5). */
function insideBody({ kind, insideCode, message }: Failure, traits: ChatTraits): object {
  const { id, created, model } = traits;
  return {
    id,
    created,
    model,
    object: 'chat.completion',
    choices: null,
    ...(kind === 'sensitive' && {
      usage: { total_tokens: 0 },
      input_sensitive: true,
      input_sensitive_type: 1,
    }),
    base_resp: { status_code: insideCode, status_msg: message },
  };
}
