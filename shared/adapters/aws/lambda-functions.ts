import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Functions } from '#shared/ports/dead-letters.ts';
import { storeError } from './store-error.ts';

/** A client of Lambda that waits as long as an entrance may run. */
export function createLambdaClient(region?: string): LambdaClient {
  return new LambdaClient({
    // A function that has run must not run again because its answer was late.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 120_000,
      throwOnRequestTimeout: true,
    },
    ...(region === undefined ? {} : { region }),
  });
}

/** Functions in Lambda, run while the caller waits. */
export function createLambdaFunctions({ client }: { client: LambdaClient }): Functions {
  return {
    async invoke(FunctionName, event) {
      const Payload = new TextEncoder().encode(JSON.stringify(event));
      const command = new InvokeCommand({ FunctionName, Payload });
      try {
        const { FunctionError, Payload: answer } = await client.send(command);
        const output = jsonOf(answer);
        if (FunctionError === undefined) return { isHandled: true, output };
        return { isHandled: false, reason: errorNameOf(output) ?? FunctionError };
      } catch (error) {
        throw storeError('Lambda Invoke', error);
      }
    },
  };
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  const text = new TextDecoder().decode(bytes);
  return text === '' ? undefined : JSON.parse(text);
}

/** The name alone: a message might say more than belongs on a terminal. */
function errorNameOf(output: unknown): string | undefined {
  if (typeof output !== 'object' || output === null || !('errorType' in output)) return undefined;
  return String(output.errorType);
}
