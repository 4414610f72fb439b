import { askApproval } from '#shared/runtime/aws/ask-approval.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(askApproval);
