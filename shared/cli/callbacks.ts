import { type Options, readArguments, text } from './arguments.ts';
import { createApiClient } from './client.ts';
import { UsageError } from './usage-error.ts';

export const callbacksHelp = `quire callbacks secret [--url URL]
  Prints the secret that completion webhooks are signed with (Standard Webhooks).
quire callbacks replay <task> [--url URL]
  Delivers the callback of a task again, with the same webhook-id.`;

const options: Options = { url: { type: 'string' } };

export async function callbacks(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [action, taskId] = positionals;
  const client = createApiClient(text(values, 'url'));
  if (action === 'secret' && taskId === undefined) {
    const { secret } = await client.get('/v1/callbacks/secret');
    process.stdout.write(`${secret}\n`);
    return 0;
  }
  if (action === 'replay' && taskId !== undefined) {
    const path = `/v1/tasks/${encodeURIComponent(taskId)}/callback/replay`;
    process.stdout.write(`${JSON.stringify(await client.post(path), undefined, 2)}\n`);
    return 0;
  }
  throw new UsageError('Expected secret, or replay and a task. See quire callbacks --help.');
}
