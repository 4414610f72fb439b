import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { callSettingsOf } from '#shared/runtime/call-settings.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';
import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import {
  benchTask,
  callSpecs,
  sleepingModel,
  stageContext,
  trivialStage,
} from './call-fixtures.ts';
import { printTable } from './table.ts';

const calls = 1_000;

/** CPU of everything around a call: claim, reservation, ledger, settlement, result, commit, with a model that answers at once. */
export async function benchOrchestration(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'quire-bench-'));
  const state = await openLocalState(join(directory, 'state'));
  const ports = {
    ...state,
    objects: createFileObjectStore({ directory: join(directory, 'objects') }),
    models: [sleepingModel(() => 0, 32)],
    clock: createSystemClock(),
    ids: createRandomIds(),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    random: Math.random,
    settings: { ...callSettingsOf({}), isCacheEnabled: false },
  };
  const task = await benchTask(state.tasks, ports.ids);
  const context = { deadlineAtInMs: Date.now() + 900_000, signal: new AbortController().signal };
  const batch = {
    task,
    round: 0,
    specs: callSpecs(calls),
    stage: trivialStage,
    stageContext,
    worker: { index: 0, count: 1 },
  };

  const before = process.cpuUsage();
  const startedAt = performance.now();
  await createRunBatch(ports)(batch, context);
  const { user, system } = process.cpuUsage(before);
  const cpuInMs = (user + system) / 1_000;
  printTable(
    ['calls', 'CPU per call', 'calls per second', 'remark'],
    [
      [
        String(calls),
        `${(cpuInMs / calls).toFixed(2)} ms`,
        String(Math.round(calls / ((performance.now() - startedAt) / 1_000))),
        'the embedded DynamoDB server runs in the same process and is counted',
      ],
    ],
  );
  await state.close();
  await rm(directory, { recursive: true, force: true });
}
