import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createEnvironmentSecrets } from '#shared/adapters/local/environment-secrets.ts';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { createLocalEngine } from '#shared/runner/local-engine.ts';
import { callSettingsOf, callsPerWorker } from '#shared/runtime/call-settings.ts';
import type { Environment } from '#shared/runtime/environment.ts';
import { openLocalProviders } from '#shared/runtime/local-providers.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';
import { createModels } from '#shared/runtime/models.ts';
import { createStepHandlers } from '#shared/runtime/step-handlers.ts';
import type { StepHandler } from '#shared/steps/step.ts';
import type { FindWorkflow } from '#shared/steps/task-state.ts';
import { createResumeTask } from '#shared/steps/tasks/resume-task.ts';
import { createSubmitTask } from '#shared/steps/tasks/submit-task.ts';
import { buildStateMachine } from '#shared/workflows/asl.ts';
import { findWorkflow as findShippedWorkflow } from '#shared/workflows/catalog.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { createDirectReader } from './direct-reader.ts';
import { createRecordingLogger } from './silent-logger.ts';
import { newTenantId } from './tasks.ts';

export interface ObservedRun {
  /** Runs a task to its end and returns its status. */
  run(request: unknown): Promise<string | undefined>;
  /** Resumes a task that ended with a hole, follows it to its end and returns its status. */
  resume(taskId: TaskId): Promise<string | undefined>;
  /** Of the tasks run here, in their order. */
  readonly taskIds: readonly TaskId[];
  /** Inputs, outputs and errors of all steps so far, as JSON: what stands in the states of a machine. */
  readonly payloads: readonly string[];
  close(): Promise<void>;
}

/** The local engine over real stores, with an eye on everything that passes between machine and steps. */
export async function openObservedRun(
  directory: string,
  environment: Environment,
  findWorkflow: FindWorkflow = findShippedWorkflow,
): Promise<ObservedRun> {
  const clock = createSystemClock();
  const ids = createRandomIds();
  const logger = createRecordingLogger();
  const state = await openLocalState(join(directory, 'state'));
  const objects = createFileObjectStore({ directory: join(directory, 'objects') });
  const providers = await openLocalProviders(environment);
  const secrets = createEnvironmentSecrets(environment);
  const payloads: string[] = [];
  const silent = { tell: async () => undefined, publishEnd: async () => undefined };
  const documentReader = createDirectReader();
  const ports = {
    ...state,
    ...silent,
    objects,
    clock,
    ids,
    logger,
    documentReader,
    findWorkflow,
  };
  const handlers = createStepHandlers({
    ...ports,
    models: createModels(providers.settings, { secrets, clock }),
    profiles: providers.settings.map(({ profile }) => profile),
    engine: {
      answer: async () => false,
      start: async (execution) => await engine.start(execution),
    },
    random: Math.random,
    settings: callSettingsOf(environment),
    callsPerWorker,
  });
  const engine = createLocalEngine({
    definitionOf(workflowId) {
      const workflow = findWorkflow(workflowId);
      if (workflow === undefined) throw new Error(`There is no workflow ${workflowId}.`);
      return buildStateMachine(workflow);
    },
    handlers: observed(handlers, payloads),
    clock,
    logger,
    newToken: randomUUID,
    onBroken: async () => undefined,
  });
  const urls = createUrlFetcher({ clock });
  const submit = createSubmitTask({
    ...ports,
    engine,
    urls,
    callbackSender: { check: async () => undefined },
  });
  const resume = createResumeTask({ ...ports, engine });
  const taskIds: TaskId[] = [];
  return {
    payloads,
    taskIds,
    async run(request) {
      const { task } = await submit({ tenantId: newTenantId(), request });
      taskIds.push(task.taskId);
      await engine.whenOver(task.taskId);
      return await statusOf(task.taskId);
    },
    async resume(taskId) {
      const task = await state.tasks.get(taskId);
      if (task === undefined) throw new Error(`There is no task ${taskId}.`);
      await resume(task, undefined);
      await engine.whenOver(taskId);
      return await statusOf(taskId);
    },
    async close() {
      await engine.close();
      await providers.close();
      await state.close();
    },
  };

  async function statusOf(taskId: TaskId): Promise<string | undefined> {
    return (await state.tasks.get(taskId))?.status;
  }
}

function observed(
  handlers: Readonly<Record<StepName, StepHandler>>,
  payloads: string[],
): Record<StepName, StepHandler> {
  const entries = Object.entries(handlers).map(([step, handler]) => {
    const observing: StepHandler = async (input, context) => {
      payloads.push(JSON.stringify({ step, input }));
      try {
        const output = await handler(input, context);
        payloads.push(JSON.stringify({ step, output }));
        return output;
      } catch (error) {
        const { name, message } = error as Error;
        payloads.push(JSON.stringify({ step, name, message }));
        throw error;
      }
    };
    return [step, observing];
  });
  return Object.fromEntries(entries);
}
