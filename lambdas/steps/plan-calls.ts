import { planCalls } from '#shared/runtime/aws/plan-calls.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(planCalls);
