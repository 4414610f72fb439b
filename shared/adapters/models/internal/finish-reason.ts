import type { ModelAnswer } from '#shared/ports/language-model.ts';

/** A reason in OpenAI's words as ours. */
export function finishReasonOf(reason: string): ModelAnswer['finishReason'] {
  switch (reason) {
    case 'stop':
    case 'length':
    case 'tool_calls':
    case 'content_filter':
      return reason;
    case 'function_call':
    case 'tool_use':
      return 'tool_calls';
    default:
      return 'other';
  }
}
