import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attempt } from '#shared/domain/call.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { type EndedTask, isEnded, type Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { childrenOf } from '#shared/steps/tasks/children-of.ts';

export const memo =
  '# Decision\n\nThe board approved the budget of 4.2 million for 2026.\n\n# Risk\n\nCosts may rise by 3 percent.\n';
const report =
  '# Depots\n\nThe depot of Adlershof moved 412 wagons at a cost of 4.2 million euros.\n';

/** A local runtime whose tasks are instructions. */
export interface AutoRuntime {
  readonly runtime: LocalRuntime;
  submit(instruction: string, more?: Submission): Promise<Task>;
  endOf(task: Pick<Task, 'taskId'>): Promise<EndedTask>;
  /** The task as soon as it is as wanted. */
  until(task: Task, isReached: (task: Task) => boolean): Promise<Task>;
  json(task: Task, name: string): Promise<Json>;
  text(task: Task, name: string): Promise<string>;
  childrenIn(task: Task): Promise<readonly Task[]>;
  attemptsOf(tasks: readonly Task[]): Promise<readonly Attempt[]>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
type Json = any;

interface Submission {
  readonly files?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

export async function openAutoRuntime(): Promise<AutoRuntime> {
  const directory = await mkdtemp(join(tmpdir(), 'quire-auto-'));
  const runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
  const text = async (task: Task, name: string) =>
    new TextDecoder().decode(await runtime.objects.get(objectKeys.artifact(task.taskId, name)));
  return {
    runtime,
    text,
    json: async (task, name) => JSON.parse(await text(task, name)),
    childrenIn: (task) => childrenOf(runtime.tasks, task),
    attemptsOf: async (tasks) =>
      (await Promise.all(tasks.map(({ taskId }) => runtime.ledger.list(taskId)))).flat(),
    async submit(instruction, { files = { 'memo.md': memo, 'report.md': report }, ...more } = {}) {
      const { task } = await runtime.submitTask({
        tenantId: localTenantId,
        request: {
          workflow: 'auto',
          inputs: Object.entries(files).map(([name, content]) => ({ name, text: content })),
          params: { instruction, ...more.params },
          ...(more.options === undefined ? {} : { options: more.options }),
        },
      });
      return task;
    },
    async endOf({ taskId }) {
      const task = await runtime.waitForEnd(taskId);
      if (!isEnded(task)) throw new Error('The task has not ended.');
      return task;
    },
    async until({ taskId }, isReached) {
      const reached = new AbortController();
      let seen: Task | undefined;
      const onProgress = (task: Task) => {
        if (!isReached(task)) return;
        seen = task;
        reached.abort();
      };
      const ended = await runtime
        .waitForEnd(taskId, { onProgress, signal: reached.signal })
        .catch(() => undefined);
      if (seen === undefined) throw new Error(`The task never got there: ${ended?.status}.`);
      return seen;
    },
    async close() {
      await runtime.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
