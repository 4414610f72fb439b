import * as z from 'zod';

const LambdaEnvironment = z.object({ lambdaContext: z.object({ awsRequestId: z.string() }) });

/** What Lambda calls the invocation, from what Hono's adapter says of it. */
export function lambdaRequestId(env: unknown): string | undefined {
  return LambdaEnvironment.safeParse(env).data?.lambdaContext.awsRequestId;
}
