import { readDocument } from '#shared/runtime/aws/read-document.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(readDocument);
