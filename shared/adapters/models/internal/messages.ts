import type { ModelMessage } from '#shared/ports/language-model.ts';

/** What is said where a question brings no system message. */
const standardInstruction = 'You are a careful assistant.';

/** The instructions of a question, and the turns of the conversation without them. */
export function splitSystem(messages: readonly ModelMessage[]): {
  readonly instructions: string;
  readonly turns: readonly ModelMessage[];
} {
  const system = messages.filter((message) => message.role === 'system');
  return {
    instructions: system.map((message) => message.content).join('\n\n') || standardInstruction,
    turns: messages.filter((message) => message.role !== 'system'),
  };
}

/** One system message, first: without one a provider may put in its own, and several are refused (providers.md Q27). */
export function withOneSystemMessage(messages: readonly ModelMessage[]): ModelMessage[] {
  const { instructions, turns } = splitSystem(messages);
  return [{ role: 'system', content: instructions }, ...turns];
}
