import type { Completion } from './completion.ts';

/** Characters of a delta, about as many as the provider sends. */
const deltaLength = 125;

export interface CompletionIdentity {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** The frames of a streamed answer: role, thinking, content, finish, usage if asked for, `[DONE]`. */
export function streamFrames(
  completion: Completion,
  identity: CompletionIdentity,
  options: { includesUsage: boolean },
): string[] {
  const base = { ...identity, object: 'chat.completion.chunk' };
  const chunk = (delta: object, finishReason: string | null = null) =>
    frame({ ...base, choices: [{ index: 0, delta, finish_reason: finishReason }], usage: null });
  return [
    chunk({ role: 'assistant', content: '' }),
    ...slices(completion.parts.reasoning).map((text) => chunk({ reasoning_content: text })),
    ...slices(completion.parts.content).map((text) => chunk({ content: text })),
    chunk({}, completion.finishReason),
    ...(options.includesUsage ? [frame({ ...base, choices: [], usage: completion.usage })] : []),
    'data: [DONE]\n\n',
  ];
}

/** The whole answer in one body. */
export function completionBody(completion: Completion, identity: CompletionIdentity): object {
  const { reasoning, content } = completion.parts;
  return {
    ...identity,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content,
          ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
        },
        finish_reason: completion.finishReason,
      },
    ],
    usage: completion.usage,
  };
}

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** By characters, not by UTF-16 units, so that no delta ends in half an emoji. */
function slices(text: string): string[] {
  const characters = [...text];
  const count = Math.ceil(characters.length / deltaLength);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * deltaLength, (index + 1) * deltaLength).join(''),
  );
}
