/** Where thinking appears in an answer: in a field of its own, or in tags at the head of the content. */
export type ThinkingMode = 'field' | 'tags';

/** The parts of an assistant message. */
export interface AnswerParts {
  readonly reasoning: string;
  readonly content: string;
}

/** Places thinking as the mode asks. It is never absent: this family of models cannot be kept from thinking. */
export function placeThinking(
  answer: { thinking: string; content: string },
  mode: ThinkingMode,
): AnswerParts {
  if (mode === 'field') return { reasoning: answer.thinking, content: answer.content };
  return { reasoning: '', content: `<think>\n${answer.thinking}\n</think>\n\n${answer.content}` };
}
