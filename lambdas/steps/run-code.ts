import { runCode } from '#shared/runtime/aws/run-code.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(runCode);
