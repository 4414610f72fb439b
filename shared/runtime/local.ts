import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEnvironmentSecrets } from '#shared/adapters/local/environment-secrets.ts';
import {
  createExecutionHistoryFiles,
  type ExecutionHistoryFiles,
} from '#shared/adapters/local/execution-history-files.ts';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { createLineFiles, type LineFiles } from '#shared/adapters/local/line-files.ts';
import { readSecretFile } from '#shared/adapters/local/secret-file.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import type { IsolatedDocumentReader } from '#shared/adapters/system/isolated-document-reader.ts';
import { createJsonLogger } from '#shared/adapters/system/logger.ts';
import { meteredObjects } from '#shared/adapters/system/metered-objects.ts';
import { createSummedMetrics, type SummedMetrics } from '#shared/adapters/system/metrics.ts';
import { createOperationMeter } from '#shared/adapters/system/operation-meter.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { type TaskId, TenantId } from '#shared/domain/ids.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { Meter } from '#shared/ports/meter.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { createLocalEngine, type LocalEngine } from '#shared/runner/local-engine.ts';
import { endTask } from '#shared/steps/end-task.ts';
import { type CancelTask, createCancelTask } from '#shared/steps/tasks/cancel-task.ts';
import { createDecideApproval, type DecideApproval } from '#shared/steps/tasks/decide-approval.ts';
import {
  createEstimateSubmission,
  type EstimateSubmission,
} from '#shared/steps/tasks/estimate-submission.ts';
import { createFillOutbox } from '#shared/steps/tasks/fill-outbox.ts';
import { createRecoverTasks } from '#shared/steps/tasks/recover-tasks.ts';
import { createResumeTask, type ResumeTask } from '#shared/steps/tasks/resume-task.ts';
import { createSubmitObject, type SubmitObject } from '#shared/steps/tasks/submit-object.ts';
import { createSubmitTask, type SubmitTask } from '#shared/steps/tasks/submit-task.ts';
import { createSweep, type Sweep } from '#shared/steps/tasks/sweep.ts';
import { createTakeDelivery, type TakeDelivery } from '#shared/steps/tasks/take-delivery.ts';
import { buildStateMachine } from '#shared/workflows/asl.ts';
import { type Catalog, createCatalog } from '#shared/workflows/catalog.ts';
import { callSettingsOf, callsPerWorker } from './call-settings.ts';
import { callbackUrlsOf } from './callback-urls.ts';
import { createChores } from './chores.ts';
import type { Environment } from './environment.ts';
import { type LocalAnnouncements, startLocalAnnouncements } from './local-announcements.ts';
import { type LocalProviders, openLocalProviders } from './local-providers.ts';
import { createLocalReader } from './local-reader.ts';
import { type LocalState, openLocalState } from './local-state.ts';
import { startSweeper } from './local-sweeper.ts';
import { measuredHandlers } from './measured-handlers.ts';
import { createModels } from './models.ts';
import { spendingOf } from './spending-settings.ts';
import { createStepHandlers } from './step-handlers.ts';
import { allowsLoopbackUrls } from './url-settings.ts';
import { watchTask } from './watch-task.ts';

/** Owner of everything on this machine. */
export const localTenantId = TenantId.parse('local');

export interface LocalRuntimeOptions {
  /** Holds the state, the files and the inbox. One process at a time. */
  readonly dataDirectory: string;
  readonly environment: Environment;
  readonly logger?: Logger;
  /** The time of the process if absent. */
  readonly clock?: Clock;
  /** Its workflows; the built-in ones if absent. */
  readonly catalog?: Catalog;
  /** Whether this process serves the route at which providers announce answers. */
  readonly takesDeliveries?: boolean;
}

/** Quire in one process: the stores, the providers and the engine. The CLI, the server and the demo stand on it. */
export interface LocalRuntime extends Omit<LocalAnnouncements, 'close'> {
  readonly tasks: TaskStore;
  readonly calls: CallStore;
  readonly ledger: UsageLedger;
  readonly apiKeys: ApiKeyStore;
  readonly objects: ObjectStore;
  readonly engine: LocalEngine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly meter: Meter;
  /** Sums since the start. */
  readonly metrics: SummedMetrics;
  readonly providers: Pick<LocalProviders, 'names' | 'isSimulated'>;
  readonly workflows: Catalog['workflows'];
  readonly submitTask: SubmitTask;
  readonly submitObject: SubmitObject;
  readonly estimateSubmission: EstimateSubmission;
  readonly cancelTask: CancelTask;
  readonly resumeTask: ResumeTask;
  readonly decideApproval: DecideApproval;
  /** Does what the sweeper does from time to time, now. */
  readonly sweep: Sweep;
  readonly takeDelivery: TakeDelivery;
  /** Resolves with the task when it has ended; tells of each change on the way. Rejects with the signal's reason. */
  waitForEnd(
    taskId: TaskId,
    options?: { onProgress?: (task: Task) => void; signal?: AbortSignal },
  ): Promise<Task>;
  /** Stops everything. Tasks that have not ended go on at the next start over the same folder. */
  close(): Promise<void>;
}

/** Opens a data folder and carries on every task in it that has not ended. */
export async function startLocalRuntime(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  const parts = await openParts(options);
  const { state, objects, providers, announcements, clock, ids, logger } = parts;
  const { meter, measures, metrics, history } = parts;
  const { workflows, findWorkflow } = parts.catalog;
  const engine = createEngine(parts, options);

  await createRecoverTasks({ tasks: state.tasks, engine, logger, metrics })();
  const spending = spendingOf(options.environment, state.allowances);
  const urls = createUrlFetcher({ clock, allowsLoopback: parts.allowsLoopback });
  const ports = {
    ...state,
    ...announcements,
    objects,
    urls,
    engine,
    clock,
    ids,
    logger,
    metrics,
    findWorkflow,
    spending,
  };
  const sweep = createSweep({ chores: createChores(ports), logger });
  const sweeper = startSweeper(sweep, clock);
  return {
    ...ports,
    workflows,
    meter,
    providers,
    submitTask: createSubmitTask(ports),
    submitObject: createSubmitObject(ports),
    estimateSubmission: createEstimateSubmission({
      ...ports,
      documentReader: parts.documentReader,
      profiles: profilesOf(providers),
    }),
    cancelTask: createCancelTask(ports),
    resumeTask: createResumeTask(ports),
    decideApproval: createDecideApproval(ports),
    sweep,
    takeDelivery: createTakeDelivery({ ...ports, readKey: deliveryKeyIn(options.dataDirectory) }),
    waitForEnd: (taskId, { onProgress, signal } = {}) =>
      watchTask({ tasks: state.tasks, clock }, taskId, { onProgress, signal }),
    async close() {
      await sweeper.stop();
      await engine.close();
      await parts.documentReader.close();
      await announcements.close();
      logger.info('metrics', metrics.totals());
      await providers.close();
      await state.close();
      await Promise.all([measures.flush(), history.flush()]);
    },
  };
}

interface Parts {
  readonly state: LocalState;
  readonly objects: ObjectStore;
  readonly documentReader: IsolatedDocumentReader;
  readonly catalog: Catalog;
  readonly providers: LocalProviders;
  readonly announcements: LocalAnnouncements;
  readonly allowsLoopback: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly metrics: SummedMetrics;
  readonly meter: Meter;
  /** What tasks took of the platform, for `npm run cost`. */
  readonly measures: LineFiles;
  readonly history: ExecutionHistoryFiles;
}

async function openParts(options: LocalRuntimeOptions): Promise<Parts> {
  const logger = options.logger ?? createJsonLogger({ write: () => undefined });
  const clock = options.clock ?? createSystemClock();
  const allowsLoopback = allowsLoopbackUrls(options.environment);
  await mkdir(options.dataDirectory, { recursive: true });
  const meter = createOperationMeter();
  const measures = createLineFiles(join(options.dataDirectory, 'measures'));
  const state = await openLocalState(join(options.dataDirectory, 'state'), { meter });
  const objects = meteredObjects(
    createFileObjectStore({ directory: join(options.dataDirectory, 'objects') }),
    meter,
  );
  const announcements = startLocalAnnouncements({
    state,
    clock,
    logger,
    dataDirectory: options.dataDirectory,
    allowsLoopback,
    subscribers: [createFillOutbox({ objects })],
  });
  return {
    state,
    objects,
    documentReader: createLocalReader(),
    catalog: options.catalog ?? createCatalog(),
    providers: await openLocalProviders(options.environment),
    announcements,
    allowsLoopback,
    clock,
    ids: createRandomIds(),
    logger,
    metrics: createSummedMetrics(),
    meter,
    measures,
    history: createExecutionHistoryFiles({
      directory: join(options.dataDirectory, 'executions'),
    }),
  };
}

function createEngine(parts: Parts, options: LocalRuntimeOptions): LocalEngine {
  const { state, objects, providers, announcements, clock, ids, logger } = parts;
  const { meter, measures, metrics, history } = parts;
  const { events, tell, publishEnd } = announcements;
  const secrets = createEnvironmentSecrets(options.environment);
  const readKey = deliveryKeyIn(options.dataDirectory);
  const handlers = createStepHandlers({
    ...state,
    events,
    tell,
    publishEnd,
    objects,
    clock,
    ids,
    logger,
    metrics,
    models: createModels(providers.settings, { secrets, clock }),
    profiles: profilesOf(providers),
    random: Math.random,
    settings: callSettingsOf(options.environment),
    spending: spendingOf(options.environment, state.allowances),
    documentReader: parts.documentReader,
    findWorkflow: parts.catalog.findWorkflow,
    callsPerWorker,
    engine: {
      answer: async (token, answer) => await engine.answer(token, answer),
      start: async (execution) => await engine.start(execution),
    },
    callbackUrlOf:
      options.takesDeliveries === true
        ? callbackUrlsOf(options.environment, { readKey, clock })
        : undefined,
  });
  const engine = createLocalEngine({
    definitionOf: (workflowId) => definitionOf(parts.catalog, workflowId),
    handlers: measuredHandlers(handlers, {
      meter,
      clock,
      tell: (measure) => measures.append(measure.taskId, measure),
    }),
    onEnded: (taskId, counts) => measures.append(taskId, { taskId, ...counts }),
    clock,
    logger,
    newToken: randomUUID,
    history,
    async onBroken(taskId, problem) {
      const task = await state.tasks.get(taskId);
      if (task === undefined || isEnded(task)) return;
      const spending = spendingOf(options.environment, state.allowances);
      await endTask({ ...state, clock, spending, publishEnd, metrics }, task, {
        run: task.run,
        ending: { status: 'FAILED', error: problem },
      });
    },
  });
  return engine;
}

function profilesOf({ settings }: LocalProviders) {
  return settings.map(({ profile }) => profile);
}

/** What the addresses of deliveries are signed with; made when the first one is needed. */
function deliveryKeyIn(dataDirectory: string): () => Promise<Uint8Array> {
  return () => readSecretFile(join(dataDirectory, 'secrets'), 'delivery-secret');
}

function definitionOf({ findWorkflow }: Catalog, workflowId: string) {
  const workflow = findWorkflow(workflowId);
  if (workflow !== undefined) return buildStateMachine(workflow);
  throw new QuireError('workflow_not_found', `Expected a known workflow, got “${workflowId}”.`, {
    details: { workflowId },
  });
}
