import { readPrompt, type WrittenPrompt } from '#shared/workflows/prompt.ts';
import { answerQuestion } from './answer-questions/answer.ts';
import { answerRewrite } from './answer-questions/rewrite.ts';
import { answerDecompose } from './auto/decompose.ts';
import { answerClassify } from './compare-contracts/classify.ts';
import { answerMemo } from './compare-contracts/memo.ts';
import { answerCustom } from './custom/answer.ts';
import { answerInfer } from './extract-table/infer.ts';
import { answerRows } from './extract-table/rows.ts';
import { answerGeneric } from './generic.ts';
import { answerMinutesCompose } from './minutes/compose.ts';
import { answerMinutesNotes } from './minutes/notes.ts';
import { answerNotes } from './notes.ts';
import { answerPolish } from './polish.ts';
import { answerReduce } from './reduce.ts';
import { answerTerms, answerTranslations } from './translate/translations.ts';

export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

export interface SimulatedAnswer {
  /** Name and version of our prompt, or `other`. */
  readonly prompt: string;
  readonly thinking: string;
  readonly content: string;
}

const answers: Readonly<Record<string, (prompt: WrittenPrompt) => unknown>> = {
  'answer-questions.rewrite': answerRewrite,
  'answer-questions.answer': answerQuestion,
  'summarize.notes': answerNotes,
  'summarize.reduce': answerReduce,
  'summarize.polish': answerPolish,
  'translate.terms': answerTerms,
  'translate.translate': answerTranslations,
  'translate.repair': answerTranslations,
  'extract-table.infer': answerInfer,
  'extract-table.rows': answerRows,
  'minutes.notes': answerMinutesNotes,
  'minutes.compose': answerMinutesCompose,
  'compare-contracts.classify': answerClassify,
  'compare-contracts.memo': answerMemo,
  'auto.decompose': answerDecompose,
};

/** Prompts of the user's own workflows: `custom.<workflow>.<stage>`. */
const customPrefix = 'custom.';

/** Answers a question without any model: the same question always gets the same answer. */
export function answerPrompt(messages: readonly ChatMessage[]): SimulatedAnswer {
  const prompt = readPrompt(messages);
  const isCustom = prompt?.id.startsWith(customPrefix) === true;
  const answer = isCustom ? answerCustom : answers[prompt?.id.split('@')[0] ?? ''];
  if (prompt === undefined || answer === undefined) {
    const userText = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    return {
      prompt: prompt?.id ?? 'other',
      thinking: thinkAbout(userText),
      content: answerGeneric(userText),
    };
  }
  const lines = Object.values(prompt.sections).flat().length;
  return {
    prompt: prompt.id,
    thinking: `The question is ${prompt.id} with ${lines} lines. I compare the sentences by their figures and words, keep the best and answer with JSON.`,
    content: JSON.stringify(answer(prompt)),
  };
}

function thinkAbout(userText: string): string {
  return `The message has ${userText.length} characters. I repeat what it says first.`;
}
