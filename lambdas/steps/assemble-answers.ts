import { assembleAnswers } from '#shared/runtime/aws/assemble-answers.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(assembleAnswers);
