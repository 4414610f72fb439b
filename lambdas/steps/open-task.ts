import { openTask } from '#shared/runtime/aws/open-task.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(openTask);
