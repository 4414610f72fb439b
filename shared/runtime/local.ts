import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEnvironmentSecrets } from '#shared/adapters/local/environment-secrets.ts';
import { createExecutionHistoryFiles } from '#shared/adapters/local/execution-history-files.ts';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { createJsonLogger } from '#shared/adapters/system/logger.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { type TaskId, TenantId } from '#shared/domain/ids.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { createLocalEngine, type LocalEngine } from '#shared/runner/local-engine.ts';
import { endTask } from '#shared/steps/end-task.ts';
import { type CancelTask, createCancelTask } from '#shared/steps/tasks/cancel-task.ts';
import { createRecoverTasks } from '#shared/steps/tasks/recover-tasks.ts';
import { createResumeTask, type ResumeTask } from '#shared/steps/tasks/resume-task.ts';
import { createSubmitObject, type SubmitObject } from '#shared/steps/tasks/submit-object.ts';
import { createSubmitTask, type SubmitTask } from '#shared/steps/tasks/submit-task.ts';
import { buildStateMachine } from '#shared/workflows/asl.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import { callSettingsOf, callsPerWorker } from './call-settings.ts';
import type { Environment } from './environment.ts';
import { type LocalProviders, openLocalProviders } from './local-providers.ts';
import { type LocalState, openLocalState } from './local-state.ts';
import { createModels } from './models.ts';
import { spendingOf } from './spending-settings.ts';
import { createStepHandlers } from './step-handlers.ts';
import { allowsLoopbackUrls } from './url-settings.ts';

/** Owner of everything on this machine. */
export const localTenantId = TenantId.parse('local');

export interface LocalRuntimeOptions {
  /** Holds the state, the files and the inbox. One process at a time. */
  readonly dataDirectory: string;
  readonly environment: Environment;
  readonly logger?: Logger;
}

/** Quire in one process: the stores, the providers and the engine. The CLI, the server and the demo stand on it. */
export interface LocalRuntime {
  readonly tasks: TaskStore;
  readonly calls: CallStore;
  readonly ledger: UsageLedger;
  readonly objects: ObjectStore;
  readonly engine: LocalEngine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly providers: Pick<LocalProviders, 'names' | 'isSimulated'>;
  readonly submitTask: SubmitTask;
  readonly submitObject: SubmitObject;
  readonly cancelTask: CancelTask;
  readonly resumeTask: ResumeTask;
  /** Resolves with the task when it has ended; tells of each change on the way. Rejects with the signal's reason. */
  waitForEnd(
    taskId: TaskId,
    options?: { onProgress?: (task: Task) => void; signal?: AbortSignal },
  ): Promise<Task>;
  /** Stops everything. Tasks that have not ended go on at the next start over the same folder. */
  close(): Promise<void>;
}

/** How often a waiting caller looks at its task. */
const watchIntervalInMs = 150;

/** Opens a data folder and carries on every task in it that has not ended. */
export async function startLocalRuntime(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  const logger = options.logger ?? createJsonLogger({ write: () => undefined });
  const clock = createSystemClock();
  const ids = createRandomIds();
  const allowsLoopback = allowsLoopbackUrls(options.environment);
  const urls = createUrlFetcher({ clock, allowsLoopback });
  await mkdir(options.dataDirectory, { recursive: true });
  const state = await openLocalState(join(options.dataDirectory, 'state'));
  const objects = createFileObjectStore({ directory: join(options.dataDirectory, 'objects') });
  const providers = await openLocalProviders(options.environment);
  const engine = createEngine({ state, objects, providers, clock, ids, logger }, options);

  await createRecoverTasks({ tasks: state.tasks, engine, logger })();
  const spending = spendingOf(options.environment, state.allowances);
  const ports = { ...state, objects, urls, engine, clock, ids, logger, findWorkflow, spending };
  return {
    ...ports,
    providers,
    submitTask: createSubmitTask(ports),
    submitObject: createSubmitObject(ports),
    cancelTask: createCancelTask(ports),
    resumeTask: createResumeTask(ports),
    waitForEnd: (taskId, { onProgress, signal } = {}) =>
      watch({ tasks: state.tasks, clock }, taskId, { onProgress, signal }),
    async close() {
      await engine.close();
      await providers.close();
      await state.close();
    },
  };
}

interface Parts {
  readonly state: LocalState;
  readonly objects: ObjectStore;
  readonly providers: LocalProviders;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
}

function createEngine(parts: Parts, options: LocalRuntimeOptions): LocalEngine {
  const { state, objects, providers, clock, ids, logger } = parts;
  const secrets = createEnvironmentSecrets(options.environment);
  const handlers = createStepHandlers({
    ...state,
    objects,
    clock,
    ids,
    logger,
    models: createModels(providers.settings, { secrets, clock }),
    random: Math.random,
    settings: callSettingsOf(options.environment),
    spending: spendingOf(options.environment, state.allowances),
    findWorkflow,
    callsPerWorker,
  });
  return createLocalEngine({
    definitionOf,
    handlers,
    clock,
    logger,
    newToken: randomUUID,
    history: createExecutionHistoryFiles({ directory: join(options.dataDirectory, 'executions') }),
    async onBroken(taskId, problem) {
      const task = await state.tasks.get(taskId);
      if (task === undefined || isEnded(task)) return;
      const spending = spendingOf(options.environment, state.allowances);
      await endTask({ ...state, clock, spending }, task, {
        run: task.run,
        ending: { status: 'FAILED', error: problem },
      });
    },
  });
}

function definitionOf(workflowId: string) {
  const workflow = findWorkflow(workflowId);
  if (workflow !== undefined) return buildStateMachine(workflow);
  throw new QuireError('workflow_not_found', `Expected a known workflow, got “${workflowId}”.`, {
    details: { workflowId },
  });
}

async function watch(
  ports: { tasks: TaskStore; clock: Clock },
  taskId: TaskId,
  options: { onProgress: ((task: Task) => void) | undefined; signal: AbortSignal | undefined },
): Promise<Task> {
  for (;;) {
    const task = await ports.tasks.get(taskId);
    if (task === undefined) {
      throw new QuireError(
        'task_not_found',
        `Expected a stored task, found none with id ${taskId}.`,
      );
    }
    options.onProgress?.(task);
    if (isEnded(task)) return task;
    await ports.clock.sleep(watchIntervalInMs, options.signal);
  }
}
