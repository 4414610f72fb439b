import { runCalls } from '#shared/runtime/aws/run-calls.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(runCalls);
