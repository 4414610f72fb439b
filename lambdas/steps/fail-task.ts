import { failTask } from '#shared/runtime/aws/fail-task.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(failTask);
