import { closeTask } from '#shared/runtime/aws/close-task.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(closeTask);
