import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTask } from '#shared/cli/run.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { startLocalRuntime } from '#shared/runtime/local.ts';
import type { FaultRuleInput } from '#shared/simulator/faults.ts';
import { startSimulator } from '#shared/simulator/server.ts';
import type { Score } from './score.ts';

export interface Case {
  readonly workflow: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly params?: Record<string, unknown>;
  readonly options?: Record<string, unknown>;
  /** What the model gets wrong. */
  readonly faults?: readonly FaultRuleInput[];
}

/** A task that has ended, with what it delivered. */
export interface CaseRun {
  readonly task: Task;
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
  /** What of the score every workflow measures in the same way. */
  readonly measured: Pick<
    Score,
    'status' | 'coverage' | 'calls' | 'inputTokens' | 'outputTokens' | 'seconds'
  >;
}

/** Runs a case in this process, against a simulator of its own that is called as a provider is. */
export async function runCase(given: Case): Promise<CaseRun> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-scorecard-'));
  const simulator = await startSimulator({ faults: given.faults ?? [] });
  const runtime = await startLocalRuntime({
    dataDirectory: join(folder, 'data'),
    environment: {
      EMPIRIOLABS_API_KEY: 'scorecard',
      EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
      // The published 50 a minute would measure the waiting.
      EMPIRIOLABS_REQUESTS_PER_MINUTE: '100000',
      EMPIRIOLABS_TOKENS_PER_MINUTE: '1000000000',
    },
  });
  try {
    const files = given.files.map(({ name }) => join(folder, name));
    await Promise.all(given.files.map(({ bytes }, index) => writeFile(files[index] ?? '', bytes)));
    const { workflow, params = {}, options = { budgetUsd: 50 } } = given;
    const startedAtInMs = performance.now();
    const task = await runTask(runtime, { workflow, params, options }, { files });
    const seconds = (performance.now() - startedAtInMs) / 1_000;
    const names = isEnded(task) && 'artifacts' in task ? task.artifacts : [];
    const artifacts = new Map<string, Uint8Array>();
    for (const { name } of names) {
      const bytes = await runtime.objects.get(objectKeys.artifact(task.taskId, name));
      if (bytes !== undefined) artifacts.set(name, bytes);
    }
    return { task, artifacts, measured: measure(task, seconds) };
  } finally {
    await runtime.close();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A JSON artifact of a run. */
export function jsonOf({ artifacts }: CaseRun, name: string): unknown {
  const bytes = artifacts.get(name);
  return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
}

function measure(task: Task, seconds: number): CaseRun['measured'] {
  const usage = isEnded(task) ? task.usage : noUsage;
  return {
    status: task.status,
    coverage: 'coverage' in task ? task.coverage : undefined,
    calls: usage.attempts,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    seconds,
  };
}
