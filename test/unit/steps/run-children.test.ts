import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { endTask } from '#shared/steps/end-task.ts';
import { createReconcileTask } from '#shared/steps/tasks/reconcile-tasks.ts';
import { accountOfTasks } from '#shared/workflows/auto/account.ts';
import { ChildrenOutput } from '#shared/workflows/children.ts';
import { type ApprovalBench, openApprovalBench } from '../../support/approval-bench.ts';
import {
  documents,
  endAll,
  endings,
  type Fate,
  openParent,
  params,
  problem,
} from '../../support/children-bench.ts';
import { stageContextOf } from '../../support/stage-context.ts';
import { testTimeInMs } from '../../support/tasks.ts';

let directory = '';
let bench: ApprovalBench;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-children-'));
  bench = await openApprovalBench();
});
afterAll(async () => {
  await bench.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the step that runs children', () => {
  it('starts those whose inputs are there, once, however often it is run', async () => {
    const parent = await openParent(bench, directory);

    const outputs = await Promise.all([parent.run(), parent.run()]);
    const again = await parent.run();
    const children = await parent.children();

    expect(outputs.map(({ remaining }) => remaining)).toEqual([4, 4]);
    expect(again).toEqual({ remaining: 4, pauseInSeconds: 1, needsApproval: false });
    expect(children.map(({ origin }) => origin)).toEqual([
      { kind: 'task', parentTaskId: parent.taskId, childId: 'a' },
      { kind: 'task', parentTaskId: parent.taskId, childId: 'b' },
    ]);
    expect((await parent.task()).children).toHaveLength(2);
    expect(children.map(({ allowances, budget }) => [allowances, budget.limitInMicroUsd])).toEqual([
      [[], 1_000],
      [[], 1_000],
    ]);
  });

  it('looks less often the longer nothing happens', async () => {
    const parent = await openParent(bench, directory);
    await parent.run();
    const pauses: number[] = [];
    for (const minutes of [0, 1, 9, 600]) {
      bench.ports.clock.advance(minutes * 60_000);
      pauses.push((await parent.run()).pauseInSeconds);
    }

    expect(pauses).toEqual([1, 15, 150, 300]);
  });

  it('accounts for every task of the plan, whatever becomes of its children (I6)', async () => {
    const ending = fc.constantFrom(...(Object.keys(endings) as Fate[]));
    await fc.assert(
      fc.asyncProperty(fc.array(ending, { minLength: 4, maxLength: 4 }), async (fates) => {
        const parent = await openParent(bench, directory);
        const failure = await endAll(parent, fates);
        if (failure === undefined) expectAccount(ChildrenOutput.parse(await parent.output()));
        else expect(fates.slice(0, 2).filter((fate) => 'artifacts' in endings[fate])).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('lets only those go on in the next run that are not whole, and starts anew what was built on them', async () => {
    const parent = await openParent(bench, directory);
    await endAll(parent, ['PARTIAL', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    const before = await parent.children();
    await endTask(parent.ports, await parent.task(), {
      run: 1,
      ending: { ...endings.PARTIAL, reasons: [problem] },
    });
    await parent.ports.tasks.resume(parent.taskId, {
      run: 1,
      nowInMs: testTimeInMs,
      deadlineAtInMs: testTimeInMs + 1_000_000_000,
      addedBudgetInMicroUsd: 500,
      allowances: [],
    });
    await parent.ports.objects.delete(objectKeys.stageOutput(parent.taskId, 'tasks'));
    await parent.ports.tasks.begin(parent.taskId, { run: 2, nowInMs: testTimeInMs });

    expect(await parent.run()).toMatchObject({ remaining: 3 });
    const [first, second] = await parent.children();
    expect(first).toMatchObject({ status: 'QUEUED', run: 2, budget: { limitInMicroUsd: 1_500 } });
    expect(second).toMatchObject({ status: 'SUCCEEDED', run: 1 });
    expect(parent.engine.started.at(-1)).toBe(`${first?.taskId} 2`);

    const failure = await endAll(parent, ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(failure).toBeUndefined();
    const after = await parent.children();
    // c and e have read what a had delivered before: they are other tasks now, and the former ones stay in the usage.
    expect(after.length - before.length).toBe(2);
    expect(
      ChildrenOutput.parse(await parent.output()).children.map(({ status }) => status),
    ).toEqual(Array.from({ length: 4 }, () => 'SUCCEEDED'));
  });

  it('starts none for a parent that has ended; one that slips through is ended by the sweeper', async () => {
    const parent = await openParent(bench, directory);
    await parent.run();
    const [child] = await parent.children();
    const reconcile = createReconcileTask(parent.ports);
    const stored = await parent.task();
    // As a crash leaves it: the parent has ended, and nobody came to its children.
    await parent.ports.tasks.end(parent.taskId, {
      run: 'any',
      nowInMs: testTimeInMs,
      ending: { status: 'CANCELLED' },
      usage: noUsage,
    });

    await expect(parent.run()).rejects.toMatchObject({ code: 'task_cancelled' });
    expect(await reconcile(child?.taskId as TaskId)).toBe('ended');
    expect(await parent.ports.tasks.get(child?.taskId as TaskId)).toMatchObject({
      status: 'CANCELLED',
    });
    expect(stored.status).toBe('RUNNING');
  });

  it('ends with its children where its parent is ended', async () => {
    const parent = await openParent(bench, directory);
    await parent.run();

    await endTask(parent.ports, await parent.task(), { run: 'any', ending: endings.FAILED });

    expect((await parent.children()).map(({ status }) => status)).toEqual([
      'CANCELLED',
      'CANCELLED',
    ]);
  });
});

/** Every task of the plan has its outcome, every unit its fate, and every hole its reason. */
function expectAccount(output: ChildrenOutput): void {
  const outputs = new Map([['tasks', output]]);
  const account = accountOfTasks(stageContextOf({ params, documents, outputs }));
  const units = documents.flatMap((document) => document.units);
  const holes = output.children.filter(({ status }) => status !== 'SUCCEEDED');
  // What hangs on a task that has delivered nothing was never started.
  const unstarted = output.children.filter(({ taskId }) => taskId === undefined);

  expect(output.children.map(({ childId }) => childId)).toEqual(['a', 'b', 'c', 'e']);
  expect(units.filter(({ id }) => !account.fates?.has(id))).toEqual([]);
  expect(account.problems).toHaveLength(holes.length);
  expect(unstarted.map(({ status }) => status)).toEqual(unstarted.map(() => 'NOT_RUN'));
}
