import { handle } from 'hono/aws-lambda';
import { app } from '#shared/runtime/aws/api.ts';

export const handler = handle(app);
