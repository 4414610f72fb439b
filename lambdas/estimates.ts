import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { app } from '#shared/runtime/aws/estimates.ts';
import { defineEntrance } from './define-handler.ts';

const answer = handle(app);

// The app writes a line for each request.
export const handler = defineEntrance(undefined, (event: LambdaEvent, lambda) =>
  answer(event, lambda as LambdaContext),
);
