import { createAwaitAnswers } from '#shared/steps/await-answers.ts';
import { tasks, waits } from './state.ts';
import { engine } from './token-answers.ts';

export const awaitAnswers = createAwaitAnswers({ tasks, waits, engine });
