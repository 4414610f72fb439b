import { type Options, readArguments, readParams, text } from './arguments.ts';
import { createApiClient } from './client.ts';
import { UsageError } from './usage-error.ts';

export const approveHelp = `quire approve <task> [--reject] [--comment TEXT] [--budget-usd AMOUNT] [--providers a,b] [--param key=value]… [--url URL]
  Answers for a person whom the task waits for. With the approval of a plan, budget, providers and parameters can be changed.`;

const options: Options = {
  url: { type: 'string' },
  reject: { type: 'boolean' },
  comment: { type: 'string' },
  'budget-usd': { type: 'string' },
  providers: { type: 'string' },
  param: { type: 'string', multiple: true },
  params: { type: 'string' },
};

export async function approve(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [taskId] = positionals;
  if (taskId === undefined) throw new UsageError('Expected a task. See quire approve --help.');
  const comment = text(values, 'comment');
  const budget = text(values, 'budget-usd');
  const params = await readParams(values);
  const edits = {
    ...(budget === undefined ? {} : { budgetUsd: Number(budget) }),
    ...(text(values, 'providers') === undefined
      ? {}
      : { providers: text(values, 'providers')?.split(',') }),
    ...(Object.keys(params).length === 0 ? {} : { params }),
  };
  const body = {
    decision: values['reject'] === true ? 'reject' : 'approve',
    ...(comment === undefined ? {} : { comment }),
    ...(Object.keys(edits).length === 0 ? {} : { edits }),
  };
  const client = createApiClient(text(values, 'url'));
  const task = await client.post(`/v1/tasks/${encodeURIComponent(taskId)}/approval`, body);
  process.stdout.write(`${JSON.stringify(task, undefined, 2)}\n`);
  return 0;
}
