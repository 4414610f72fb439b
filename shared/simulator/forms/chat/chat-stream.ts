import type { Completion } from '../../core/completion.ts';
import { deltasOf, placeThinking, type Shape } from '../../core/shape.ts';
import type { ToolCall } from '../../core/tools.ts';
import { dataFrame, doneFrame } from '../../core/wire-form.ts';
import { type ChatTraits, toolCallId } from './chat-traits.ts';

/** The frames of a streamed answer: role, thinking, content, tool call, finish, usage if asked for, `[DONE]`. */
export function chatFrames(completion: Completion, shape: Shape, traits: ChatTraits): string[] {
  const { id, created } = traits;
  const model = shape.otherModel ?? traits.model;
  const base = { id, created, model, object: 'chat.completion.chunk' };
  const chunk = (delta: object, finishReason: string | null = null) => {
    const extras = traits.choiceExtras?.(finishReason);
    const choice = { index: 0, delta, finish_reason: finishReason, ...extras };
    return dataFrame({ ...base, choices: shape.hasChoices ? [choice] : [], usage: null });
  };
  const { reasoning, content } = placeThinking(completion, shape);
  const { usage } = completion;
  const hasUsage = usage !== undefined && traits.includesUsage && shape.hasStreamUsage;
  const roleOf = shape.role === '' ? { role: '' } : {};
  return [
    chunk({ role: shape.role, content: '' }),
    ...deltasOf(reasoning, shape).map((text) =>
      chunk({ ...roleOf, ...traits.reasoning(text, shape) }),
    ),
    ...deltasOf(content, shape).map((text) => chunk({ ...roleOf, content: text })),
    ...toolDeltas(completion.toolCall, shape, toolCallId(traits)).map((call) =>
      chunk({ tool_calls: [call] }),
    ),
    ...(shape.hasFinish ? [chunk({}, completion.finishReason)] : []),
    ...(hasUsage ? [dataFrame({ ...base, choices: [], usage: traits.usage(usage, shape) })] : []),
    ...(shape.hasDone ? [doneFrame] : []),
  ];
}

/** The name first, the arguments in pieces after it. */
function toolDeltas(call: ToolCall | undefined, shape: Shape, id: string): object[] {
  if (call === undefined) return [];
  const first = { index: 0, id, type: 'function', function: { name: call.name, arguments: '' } };
  const later = shape.isObserved ? { name: null } : {};
  const pieces = deltasOf(call.arguments, { ...shape, isCumulative: false });
  return [first, ...pieces.map((text) => ({ index: 0, function: { ...later, arguments: text } }))];
}
