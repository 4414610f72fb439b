import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptFile } from '#shared/cli/local-files.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import type { ToldLie } from '#shared/simulator/core/context.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { FaultRuleInput } from '#shared/simulator/faults.ts';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import type { Score } from './score.ts';

export interface Case {
  readonly workflow: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly params?: Record<string, unknown>;
  readonly options?: Record<string, unknown>;
  /** What the model gets wrong. */
  readonly faults?: readonly FaultRuleInput[];
  /** Who is asked; EmpirioLabs if absent. */
  readonly provider?: 'empiriolabs' | 'cloudsway';
  /** When it has ended it is resumed once, and the model then gets nothing wrong. */
  readonly isResumed?: boolean;
}

/** A task that has ended, with what it delivered. */
export interface CaseRun {
  readonly task: Task;
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
  /** Every answer that was not what an honest model would have said. */
  readonly lies: readonly ToldLie[];
  /** What of the score every workflow measures in the same way. */
  readonly measured: Pick<
    Score,
    'status' | 'coverage' | 'calls' | 'inputTokens' | 'outputTokens' | 'seconds'
  >;
}

/** How a model lies: in one of so many answers, told by the words of the question, so that each run plants the same. */
export interface Lie {
  readonly fault: FaultName;
  readonly oneIn: number;
}

export function rulesFor(lie: Lie | undefined): FaultRuleInput[] {
  return lie === undefined ? [] : [{ when: { oneIn: lie.oneIn }, fault: lie.fault }];
}

/** For the name of a case: `missing-ids in 1 of 3 answers`. */
export function describeLie({ fault, oneIn }: Lie): string {
  return `${fault} in ${oneIn === 1 ? 'every answer' : `1 of ${oneIn} answers`}`;
}

/** Runs a case in this process, against a simulator of its own that is called as a provider is. */
export async function runCase(given: Case): Promise<CaseRun> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-scorecard-'));
  const lies: ToldLie[] = [];
  try {
    const startedAtInMs = performance.now();
    let run = await withService(given, { folder, lies }, (runtime) =>
      submit(runtime, given, folder),
    );
    if (given.isResumed === true) {
      const { task } = run;
      run = await withService({ ...given, faults: [] }, { folder, lies }, async (runtime) => {
        await runtime.resumeTask(task, {});
        return await ended(runtime, task);
      });
    }
    const seconds = (performance.now() - startedAtInMs) / 1_000;
    return { ...run, lies, measured: measure(run.task, seconds) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Ended = Pick<CaseRun, 'task' | 'artifacts'>;

async function withService(
  { provider = 'empiriolabs', faults = [] }: Case,
  { folder, lies }: { readonly folder: string; readonly lies: ToldLie[] },
  work: (runtime: LocalRuntime) => Promise<Ended>,
): Promise<Ended> {
  const simulator = await startSimulator({ faults, onLie: (lie) => lies.push(lie) });
  const runtime = await startLocalRuntime({
    dataDirectory: join(folder, 'data'),
    environment: environments[provider](simulator),
  });
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
    await simulator.close();
  }
}

/** The published 50 a minute would measure the waiting. */
const environments: Readonly<
  Record<NonNullable<Case['provider']>, (simulator: Simulator) => Record<string, string>>
> = {
  empiriolabs: ({ baseUrls }) => ({
    EMPIRIOLABS_API_KEY: 'scorecard',
    EMPIRIOLABS_BASE_URL: baseUrls.empiriolabs,
    EMPIRIOLABS_REQUESTS_PER_MINUTE: '100000',
    EMPIRIOLABS_TOKENS_PER_MINUTE: '1000000000',
  }),
  cloudsway: ({ baseUrls }) => ({
    CLOUDSWAY_ACCESS_KEY: 'scorecard',
    CLOUDSWAY_ENDPOINT_PATH: 'scorecard',
    CLOUDSWAY_BASE_URL: baseUrls.cloudsway,
    CLOUDSWAY_REQUESTS_PER_MINUTE: '100000',
    CLOUDSWAY_TOKENS_PER_MINUTE: '1000000000',
  }),
};

async function submit(runtime: LocalRuntime, given: Case, folder: string): Promise<Ended> {
  const files = given.files.map(({ name }) => join(folder, name));
  await Promise.all(given.files.map(({ bytes }, index) => writeFile(files[index] ?? '', bytes)));
  const { workflow, params = {}, options = { budgetUsd: 50 } } = given;
  const inputs = await Promise.all(
    files.map(async (file) => ({ uploadId: await adoptFile(runtime, file) })),
  );
  const request = { workflow, params, options, inputs };
  const { task } = await runtime.submitTask({ tenantId: localTenantId, request });
  return await ended(runtime, task);
}

async function ended(runtime: LocalRuntime, { taskId }: Pick<Task, 'taskId'>): Promise<Ended> {
  const task = await runtime.waitForEnd(taskId);
  const names = isEnded(task) && 'artifacts' in task ? task.artifacts : [];
  const artifacts = new Map<string, Uint8Array>();
  for (const { name } of names) {
    const bytes = await runtime.objects.get(objectKeys.artifact(taskId, name));
    if (bytes !== undefined) artifacts.set(name, bytes);
  }
  return { task, artifacts };
}

/** A JSON artifact of a run. */
export function jsonOf({ artifacts }: CaseRun, name: string): unknown {
  const bytes = artifacts.get(name);
  return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
}

/** What a lie has made of a JSON answer; nothing of one that is no JSON. */
export function answersIn(lie: ToldLie): { honest: unknown; told: unknown } | undefined {
  try {
    return { honest: JSON.parse(lie.honest), told: JSON.parse(lie.told) };
  } catch {
    return undefined;
  }
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
