import { awaitAnswers } from '#shared/runtime/aws/await-answers.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(awaitAnswers);
