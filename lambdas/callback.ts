import { handle } from 'hono/aws-lambda';
import { callbacks } from '#shared/runtime/aws/callback.ts';

export const handler = handle(callbacks);
