import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import {
  benchTask,
  callSpecs,
  sleepingModel,
  stageContext,
  trivialStage,
} from './call-fixtures.ts';
import { openCallPorts } from './call-ports.ts';
import { printTable } from './table.ts';
import { watchPorts } from './watch-ports.ts';

const calls = 1_000;

/** CPU of everything around a call: claim, reservation, ledger, settlement, result, commit, with a model that answers at once. */
export async function benchOrchestration(): Promise<void> {
  const opened = await openCallPorts();
  const watched = watchPorts({ ...opened.ports, models: [sleepingModel(() => 0, 32)] });
  const { ports } = watched;
  const task = await benchTask(ports.tasks, ports.ids);
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
  printTable(
    ['part of a call', 'times per call', 'mean'],
    watched
      .parts()
      .map(({ name, times, meanInMs }) => [
        name,
        (times / calls).toFixed(2),
        `${meanInMs.toFixed(2)} ms`,
      ]),
  );
  await opened.close();
}
