import { readPrompt, type WrittenPrompt } from '#shared/workflows/prompt.ts';
import { answerClassify } from './compare-contracts/classify.ts';
import { answerMemo } from './compare-contracts/memo.ts';
import { answerGeneric } from './generic.ts';
import { answerNotes } from './notes.ts';
import { answerPolish } from './polish.ts';
import { answerReduce } from './reduce.ts';

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
  'summarize.notes': answerNotes,
  'summarize.reduce': answerReduce,
  'summarize.polish': answerPolish,
  'compare-contracts.classify': answerClassify,
  'compare-contracts.memo': answerMemo,
};

/** Answers a question without any model: the same question always gets the same answer. */
export function answerPrompt(messages: readonly ChatMessage[]): SimulatedAnswer {
  const prompt = readPrompt(messages);
  const answer = answers[prompt?.id.split('@')[0] ?? ''];
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
