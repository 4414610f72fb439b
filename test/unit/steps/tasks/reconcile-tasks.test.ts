import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QuireError } from '#shared/domain/errors.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { endTask } from '#shared/steps/end-task.ts';
import { createDecideApproval } from '#shared/steps/tasks/decide-approval.ts';
import { createReconcileTask, createReconcileTasks } from '#shared/steps/tasks/reconcile-tasks.ts';
import { createSweep } from '#shared/steps/tasks/sweep.ts';
import {
  type ApprovalBench,
  hourInMs,
  openApprovalBench,
  type ScriptedEngine,
  scriptedEngine,
} from '../../../support/approval-bench.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';
import { queuedTask } from '../../../support/tasks.ts';

let bench: ApprovalBench;
beforeAll(async () => {
  bench = await openApprovalBench();
});
afterAll(() => bench.close());

const stored = async ({ taskId }: Task) => {
  const task = await bench.ports.tasks.get(taskId);
  if (task === undefined) throw new Error('Expected the task.');
  return task;
};
const endings = (task: Task) => task.timeline.filter(({ event }) => event.startsWith('Ended'));

describe('a task and its execution', () => {
  it.each(['failed', 'stopped', 'succeeded'] as const)(
    'that has %s outside our API: the task ends, and can be resumed',
    async (state) => {
      const engine = scriptedEngine(state);
      const task = await bench.running();

      expect(await createReconcileTask({ ...bench.ports, engine })(task.taskId)).toBe('ended');

      expect(await stored(task)).toMatchObject({
        status: 'FAILED',
        error: { code: 'execution_stopped' },
      });
    },
  );

  it('that is missing is started by its own name', async () => {
    const engine = scriptedEngine('missing');
    const task = await bench.running();
    const reconcile = createReconcileTask({ ...bench.ports, engine });

    expect([await reconcile(task.taskId), await reconcile(task.taskId)]).toEqual([
      'started',
      'started',
    ]);

    expect(engine.started).toEqual([`${task.taskId} 1`, `${task.taskId} 1`]);
    expect((await stored(task)).run).toBe(1);
  });

  it('that is missing is given two minutes to be started by who submitted the task', async () => {
    const engine = scriptedEngine('missing');
    const reconcile = createReconcileTask({ ...bench.ports, engine });
    const atInMs = bench.ports.clock.now();
    const timeline = [{ atInMs, event: 'Accepted' }];
    const { task } = await bench.ports.tasks.create(queuedTask({ timeline }));

    expect(await reconcile(task.taskId)).toBe('fine');
    bench.ports.clock.advance(2 * 60_000);
    expect(await reconcile(task.taskId)).toBe('started');
  });

  it('leaves a task alone that works, has ended or was never there', async () => {
    const engine = scriptedEngine('running');
    const reconcile = createReconcileTask({ ...bench.ports, engine });
    const task = await bench.running();

    expect(await reconcile(task.taskId)).toBe('fine');
    engine.state = 'stopped';
    await endTask(bench.ports, task, { run: 1, ending: { status: 'CANCELLED' } });
    expect(await reconcile(task.taskId)).toBe('fine');
    expect(await reconcile(queuedTask().taskId)).toBe('fine');
    expect(await stored(task)).toMatchObject({ status: 'CANCELLED' });
  });

  it('believes the task where it ends while its execution is asked for', async () => {
    const task = await bench.running();
    const engine = scriptedEngine();
    engine.describe = async () => {
      await endTask(bench.ports, task, { run: 1, ending: { status: 'CANCELLED' } });
      return 'succeeded';
    };

    expect(await createReconcileTask({ ...bench.ports, engine })(task.taskId)).toBe('fine');
  });

  it('that was stopped after a rejection ends as rejected', async () => {
    const engine = scriptedEngine('stopped');
    const task = await bench.ask(await bench.running(), 'token');
    await createDecideApproval({ ...bench.ports, engine })(task, { decision: 'reject' });

    await createReconcileTask({ ...bench.ports, engine })(task.taskId);

    expect(await stored(task)).toMatchObject({ status: 'CANCELLED' });
  });
});

describe('a sweep', () => {
  it('sees to every task, and one that cannot be seen to holds no other up', async () => {
    const own = await openApprovalBench();
    const logger = createRecordingLogger();
    const engine = scriptedEngine('stopped');
    const [first, second] = [await own.running(), await own.running()];
    engine.describe = async ({ taskId }) => {
      if (taskId === first.taskId) throw new QuireError('store_unavailable', 'Away.');
      return 'stopped';
    };
    const chores = [
      {
        name: 'broken',
        run: async () => {
          throw new QuireError('store_unavailable', 'Away.');
        },
      },
      createReconcileTasks({ ...own.ports, engine, logger }),
      { name: 'idle', run: async () => ({ done: 0 }) },
    ];

    await createSweep({ chores, logger })();

    expect((await own.ports.tasks.get(first.taskId))?.status).toBe('RUNNING');
    expect((await own.ports.tasks.get(second.taskId))?.status).toBe('FAILED');
    const said = logger.lines.filter(({ event }) => event.startsWith('chore'));
    expect(said.map(({ event, fields }) => [event, fields])).toEqual([
      ['chore-failed', { chore: 'broken', code: 'store_unavailable' }],
      [
        'chore-done',
        { chore: 'reconcile-tasks', started: 0, ended: 1, expired: 0, answered: 0, failed: 1 },
      ],
    ]);
    await own.close();
  });
});

/** After each step everybody goes on as far as they can, so that the next one is drawn from all that could come. */
const anyOrder = fc.scheduler({
  act: async (step) => {
    await step();
    await setImmediate();
  },
});

/** The ports with every answer held back until the scheduler lets it through: any interleaving may happen. */
function scheduled<Port extends object>(scheduler: fc.Scheduler, port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return scheduler.scheduleFunction(async (...args: unknown[]) =>
        Reflect.apply(member, target, args),
      );
    },
  });
}

describe('in whatever order they come', () => {
  it('two sweepers and the task itself end a task once (I1)', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async (scheduler) => {
        const task = await bench.running();
        const engine = scriptedEngine('stopped');
        const tasks = scheduled(scheduler, bench.ports.tasks);
        const ports = { ...bench.ports, tasks, engine: scheduled(scheduler, engine) };
        const reconcile = createReconcileTask(ports);
        const delivered = { artifacts: [], coverage: { units: 1, used: 1, skipped: 0, failed: 0 } };
        const ending = { status: 'SUCCEEDED' as const, ...delivered };

        const work = [
          reconcile(task.taskId),
          reconcile(task.taskId),
          endTask(ports, task, { run: 1, ending }),
        ];
        await scheduler.waitFor(Promise.all(work));

        const ended = await stored(task);
        expect(isEnded(ended)).toBe(true);
        expect(endings(ended)).toHaveLength(1);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    { name: 'a person and a step that is run again', others: 0, numRuns: 25 },
    { name: 'two persons, two sweepers and a step that is run again', others: 1, numRuns: 12 },
  ])('$name: one decision, and the execution hears that one', async ({ others, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.boolean(), async (scheduler, isLate) => {
        const engine = scriptedEngine();
        engine.waitingUnder = 'first';
        const task = await bench.ask(await bench.running(), 'first');
        if (isLate) bench.ports.clock.advance(hourInMs);
        const tasks = scheduled(scheduler, bench.ports.tasks);
        const ports = { ...bench.ports, tasks, engine: scheduled(scheduler, engine) };
        const decide = createDecideApproval(ports);
        const reconcile = createReconcileTask(ports);

        const work = [
          decide(task, { decision: 'approve' }).catch(() => undefined),
          askAgain(task, { scheduler, tasks, engine }),
          ...Array.from({ length: others }, () => [
            decide(task, { decision: 'reject' }).catch(() => undefined),
            reconcile(task.taskId),
            reconcile(task.taskId),
          ]).flat(),
        ];
        await scheduler.waitFor(Promise.all(work));
        // The next two sweeps, after all of them: one lets it expire, one tells what was not told.
        const calm = createReconcileTask({ ...bench.ports, engine });
        await calm(task.taskId);
        await calm(task.taskId);

        const { approval } = await stored(task);
        expect(approval?.state).toMatch(isLate ? /^expired$/ : /^(approved|rejected)$/);
        expect(engine.answers.map(({ isSuccess }) => isSuccess)).toEqual([
          approval?.state === 'approved',
        ]);
        expect(engine.waitingUnder).toBeUndefined();
      }),
      { numRuns },
    );
  });
});

/** The step is run again at any time, unless it was answered: its former token is void from then on. */
async function askAgain(
  { taskId, run, approval }: Task,
  bench: { scheduler: fc.Scheduler; tasks: TaskStore; engine: ScriptedEngine },
): Promise<void> {
  const { scheduler, tasks, engine } = bench;
  await scheduler.schedule(Promise.resolve(), 'the step is run again');
  if (engine.waitingUnder === undefined || approval === undefined) return;
  engine.waitingUnder = 'second';
  const place = { taskId, run, what: 'plan' } as const;
  await tasks.putApprovalToken({ ...place, token: 'second', createdAtInMs: 0 });
  await tasks.askApproval(taskId, { run, approval, event: 'Waiting' });
}
