import { stopWords } from '#shared/workflows/language.ts';
import type { WrittenPrompt } from '#shared/workflows/prompt.ts';
import { wordsOf } from '../sentences.ts';
import { wordsLike } from './meanings.ts';

/** Answers `answer-questions.rewrite`: the telling words of each question, and words of the same meaning for them. */
export function answerRewrite(prompt: WrittenPrompt): unknown {
  const questions = prompt.sections['questions'] ?? [];
  return { rewrites: questions.map(({ tag, text }) => ({ id: tag, queries: queriesFor(text) })) };
}

function queriesFor(question: string): string[] {
  const words = wordsOf(question).filter((word) => !stopWords.has(word));
  const plain = words.slice(0, 8).join(' ');
  const alike = words.flatMap(wordsLike);
  const queries = [plain, [...new Set(alike)].slice(0, 10).join(' ')];
  return [...new Set(queries)]
    .filter((query) => query !== '')
    .concat(plain === '' ? [question] : []);
}
