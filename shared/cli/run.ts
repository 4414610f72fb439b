import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatUsd } from '#shared/domain/cost.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { localCatalog } from '#shared/runtime/user-workflows.ts';
import { childrenOf } from '#shared/steps/tasks/children-of.ts';
import { viewTask } from '#shared/steps/tasks/view-task.ts';
import { type ApprovalPrompt, createApprovalPrompt } from './approval-prompt.ts';
import { type Options, readArguments, readParams, text } from './arguments.ts';
import { exitCodeOf } from './exit-codes.ts';
import { adoptFile, copyArtifacts, prepareFolder } from './local-files.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

export const runHelp = `quire run <workflow> <file…> --out DIR [options]
  Runs a workflow in this process and writes the artifacts to DIR.

  --out DIR              where the artifacts go
  --param key=value      a parameter of the workflow; may be given more than once
  --params FILE.json     parameters from a file; --param goes over them
  --budget-usd AMOUNT    what the task may spend (default: 2)
  --approval plan|final  asks before the model is asked, or before the result is delivered
  --data DIR             keep the state there; the same command then goes on where it stopped
  --json                 print the finished task as one JSON document on standard output

  Exit codes: 0 succeeded, 2 bad usage or input, 3 partial, 4 failed, 5 cancelled.`;

const options: Options = {
  out: { type: 'string' },
  param: { type: 'string', multiple: true },
  params: { type: 'string' },
  'budget-usd': { type: 'string' },
  approval: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean' },
};

export async function run(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [workflow, ...files] = positionals;
  const out = text(values, 'out');
  if (workflow === undefined || files.length === 0 || out === undefined) {
    throw new UsageError(
      'Expected a workflow, at least one file and --out DIR. See quire run --help.',
    );
  }
  await prepareFolder(out);
  const params = await readParams(values);
  const budget = text(values, 'budget-usd');
  const approval = text(values, 'approval');
  const data = text(values, 'data');
  const request = {
    workflow,
    params,
    options: {
      ...(budget === undefined ? {} : { budgetUsd: Number(budget) }),
      ...(approval === undefined ? {} : { approval }),
    },
  };
  return await withRuntime(data, async (runtime) => {
    const prompt = createApprovalPrompt(runtime, data);
    const task = await runTask(runtime, request, { files, prompt });
    const names = await copyArtifacts(runtime, task, out);
    if (values['json'] === true) {
      const children = await childrenOf(runtime.tasks, task);
      const view = viewTask(task, { ...runtime.providers, children });
      process.stdout.write(`${JSON.stringify(view, undefined, 2)}\n`);
    } else {
      printSummary(
        runtime,
        task,
        names.map((name) => join(out, name)),
      );
    }
    return exitCodeOf(task);
  });
}

/** Submits the files and waits for the end. The first Ctrl-C cancels the task; it then ends as cancelled. */
export async function runTask(
  runtime: LocalRuntime,
  request: { workflow: string; params: Record<string, unknown>; options: Record<string, unknown> },
  { files, prompt }: { files: readonly string[]; prompt?: ApprovalPrompt },
): Promise<Task> {
  const inputs = await Promise.all(
    files.map(async (file) => ({ uploadId: await adoptFile(runtime, file) })),
  );
  const { task } = await runtime.submitTask({
    tenantId: localTenantId,
    request: { ...request, inputs },
  });
  const progress = createProgress();
  const cancel = () => {
    runtime.cancelTask(task).catch(() => undefined);
  };
  process.once('SIGINT', cancel);
  try {
    return await runtime.waitForEnd(task.taskId, {
      onProgress: (seen) => {
        if (prompt?.show(seen) !== true) progress.show(seen);
      },
    });
  } finally {
    process.off('SIGINT', cancel);
    prompt?.end();
    progress.end();
  }
}

async function withRuntime(
  data: string | undefined,
  work: (runtime: LocalRuntime) => Promise<number>,
): Promise<number> {
  const dataDirectory = data ?? (await mkdtemp(join(tmpdir(), 'quire-')));
  const runtime = await startLocalRuntime({
    dataDirectory,
    environment: process.env,
    catalog: localCatalog(process.env),
  });
  if (runtime.providers.isSimulated) process.stderr.write(`${simulatorNotice}\n`);
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
    if (data === undefined) await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** Said wherever answers come from the simulator. */
export const simulatorNotice =
  'No provider key is set: the built-in simulator answers. It is a program that picks sentences, not a language model.';

function printSummary(runtime: LocalRuntime, task: Task, files: readonly string[]): void {
  const { isSimulated, names } = runtime.providers;
  const lines = [
    `${task.status} · ${isSimulated ? 'simulator (no language model)' : names.join(', ')}`,
    ...('coverage' in task
      ? [
          `${task.coverage.used} of ${task.coverage.units} units used, ${task.coverage.failed} failed`,
        ]
      : []),
    ...(isEnded(task)
      ? [
          `${task.usage.attempts} attempts, ${formatUsd(task.usage.costInMicroUsd)}${isSimulated ? ' (rehearsed, nothing is billed)' : ''}`,
        ]
      : []),
    ...(task.status === 'FAILED' ? [`${task.error.code}: ${task.error.message}`] : []),
    ...files,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
