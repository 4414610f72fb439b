import { runChildren } from '#shared/runtime/aws/run-children.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(runChildren);
