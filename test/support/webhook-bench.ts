import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';
import type { FaultRuleInput } from '#shared/simulator/faults.ts';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { type DeliveryRelay, startDeliveryRelay } from './delivery-relay.ts';
import { longMarkdown } from './long-document.ts';
import { createRecordingLogger, type RecordingLogger } from './silent-logger.ts';

/** Quire with its server, Runware as the simulator speaks it, and a relay between the two for what it announces. */
export interface WebhookBench {
  readonly runtime: LocalRuntime;
  readonly simulator: Simulator;
  readonly relay: DeliveryRelay;
  readonly url: string;
  readonly logger: RecordingLogger;
  /** Submits a summary of a text of so many sections, each a call of its own. */
  submit(sections: number, options?: Readonly<Record<string, unknown>>): Promise<Task>;
  /** Resolves when the condition holds. */
  until(isReached: () => boolean | Promise<boolean>): Promise<void>;
  /** Everything that is stored of a task and changes. */
  stateOf(taskId: TaskId): Promise<unknown>;
  close(): Promise<void>;
}

export async function openWebhookBench(
  options: {
    readonly faults?: readonly FaultRuleInput[];
    readonly environment?: Readonly<Record<string, string>>;
    /** How often the relay sends each delivery, at once. */
    readonly copies?: number;
    /** Deliveries are held back until they are sent by hand. */
    readonly isHeld?: boolean;
  } = {},
): Promise<WebhookBench> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'quire-webhooks-'));
  const simulator = await startSimulator({ faults: options.faults ?? [] });
  const relay = await startDeliveryRelay({ copies: options.copies ?? 1 });
  const logger = createRecordingLogger();
  const runtime = await startLocalRuntime({
    dataDirectory,
    environment: {
      RUNWARE_API_KEY: 'rw-key',
      RUNWARE_BASE_URL: simulator.baseUrls.runware,
      RUNWARE_MAX_IN_FLIGHT: '16',
      RUNWARE_WEBHOOK_BASE_URL: relay.baseUrl,
      ...options.environment,
    },
    logger,
    takesDeliveries: true,
  });
  let url = '';
  const api = await createLocalApi(runtime, {
    dataDirectory,
    publicUrl: () => url,
    apiKey: 'qk_test',
  });
  const server = createAdaptorServer({ fetch: api.fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (options.isHeld !== true) relay.forwardTo(url);
  return {
    runtime,
    simulator,
    relay,
    url,
    logger,
    async submit(sections, taskOptions) {
      const request = {
        workflow: 'summarize',
        inputs: [{ name: 'depots.md', text: longMarkdown(sections) }],
        params: { chunkTokens: 500 },
        ...(taskOptions === undefined ? {} : { options: taskOptions }),
      };
      const { task } = await runtime.submitTask({ tenantId: localTenantId, request });
      return task;
    },
    async until(isReached) {
      while (!(await isReached())) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async stateOf(taskId) {
      const { tasks, ledger, calls } = runtime;
      const rounds = ['notes', 'reduce', 'polish'].map((stage) => calls.list(taskId, stage, 0));
      return [await tasks.get(taskId), await ledger.list(taskId), await Promise.all(rounds)];
    },
    async close() {
      await simulator.close();
      await relay.close();
      server.close();
      await runtime.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
