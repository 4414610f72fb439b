import { stopWords } from '#shared/workflows/language.ts';
import type { WrittenPrompt } from '#shared/workflows/prompt.ts';
import { wordsOf } from '../sentences.ts';

/** Words that mean about the same in office documents: each line is one meaning. */
const meanings = [
  'deadline due date',
  'terminate termination notice cancellation',
  'price cost fee amount',
  'employees staff headcount workforce',
  'manager head lead director',
  'supplier vendor provider',
  'located location site office',
  'warranty guarantee',
  'start begin commencement',
  'renewal extension',
  'vacation leave holiday',
  'backup backups retention',
  'encrypt encryption encrypted',
  'kündigung kündigungsfrist frist',
].map((line) => line.split(' '));

/** Answers `answer-questions.rewrite`: the telling words of each question, and words of the same meaning for them. */
export function answerRewrite(prompt: WrittenPrompt): unknown {
  const questions = prompt.sections['questions'] ?? [];
  return { rewrites: questions.map(({ tag, text }) => ({ id: tag, queries: queriesFor(text) })) };
}

function queriesFor(question: string): string[] {
  const words = wordsOf(question).filter((word) => !stopWords.has(word));
  const plain = words.slice(0, 8).join(' ');
  const alike = words.flatMap((word) => meanings.find((each) => each.includes(word)) ?? [word]);
  const queries = [plain, [...new Set(alike)].slice(0, 10).join(' ')];
  return [...new Set(queries)].filter((query) => query !== '').concat(plain === '' ? [question] : []);
}
