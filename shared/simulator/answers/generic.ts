import { clipText, splitSentences } from './sentences.ts';

/** Answers any other question: the first sentences of what was sent. */
export function answerGeneric(userText: string): string {
  const sentences = splitSentences(userText.replace(/\s+/gu, ' ').trim());
  return clipText(sentences.slice(0, 3).join(' '), 600) || 'There is no text to answer.';
}
