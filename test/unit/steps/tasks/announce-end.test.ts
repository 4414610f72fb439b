import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDynamoCallbackStore } from '#shared/adapters/aws/dynamo/callback-store.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { isEnded } from '#shared/domain/task.ts';
import type { TaskEvent } from '#shared/domain/task-event.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { createAfterTask } from '#shared/steps/tasks/after-task.ts';
import {
  createAnnounceOverdue,
  createPublishEnd,
  type EndSubscriber,
} from '#shared/steps/tasks/announce-end.ts';
import { createDeliveries } from '#shared/steps/tasks/deliver-callbacks.ts';
import { createQueueCallback } from '#shared/steps/tasks/queue-callback.ts';
import { type CrashPoint, createMortal } from '../../../support/crashes.ts';
import { dynamoServers, type RunningTable, startTable } from '../../../support/dynamo-servers.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

let table: RunningTable;
beforeAll(async () => {
  const [server] = dynamoServers;
  if (server === undefined) throw new Error('Expected a server.');
  table = await startTable(server);
});
afterAll(() => table.close());

const never: CrashPoint = { at: Number.POSITIVE_INFINITY, isBefore: true };

/** A world in which processes may die, and the outside, which remembers everything. */
function createWorld(statuses: readonly number[] = [204]) {
  const stores = {
    tasks: createDynamoTaskStore(table),
    callbacks: createDynamoCallbackStore(table),
  };
  const clock = createVirtualClock(testTimeInMs);
  const published: TaskEvent[] = [];
  const copied: TaskId[] = [];
  const received: { eventId: string; hadEnded: boolean }[] = [];
  const logger = createRecordingLogger();

  /** A process that dies at one operation: everything it does with the world counts. */
  const process = (crash: CrashPoint, extra: readonly EndSubscriber[] = []) => {
    const mortal = createMortal(crash);
    const tasks = mortal(stores.tasks);
    const callbacks = mortal(stores.callbacks);
    const events = mortal({
      publish: async (batch: readonly TaskEvent[]) => {
        published.push(...batch);
      },
    });
    const sender = mortal({
      check: async () => undefined,
      send: async ({ eventId, body }: { eventId: string; body: string }) => {
        const task = await stores.tasks.get(JSON.parse(body).data.taskId);
        received.push({ eventId, hadEnded: task !== undefined && isEnded(task) });
        return { status: statuses[Math.min(received.length, statuses.length) - 1] ?? 204 };
      },
    });
    const secrets = { secretOf: async () => 'whsec_AAAA' };
    const ports = { callbacks, sender, secrets, clock, random: () => 0, logger };
    const deliveries = createDeliveries(ports);
    const outbox = mortal({ copy: async (taskId: TaskId) => void copied.push(taskId) });
    const subscribers: EndSubscriber[] = [
      createQueueCallback({ callbacks, clock }),
      ({ taskId }) => outbox.copy(taskId),
      ...extra,
    ];
    const announcement = { tasks, events, subscribers, clock, logger };
    return {
      tasks,
      publishEnd: createPublishEnd({ events, logger }),
      afterTask: createAfterTask({ ...announcement, deliveries }),
      async chores() {
        await createAnnounceOverdue(announcement)();
        await deliveries.deliverDue({ untilInMs: clock.now() + 60_000 });
      },
    };
  };

  /** Ends a task as a step does, and goes on as the rule does: the function gets the event if there is one. */
  const endTask = async (taskId: TaskId, [step, rule]: readonly [CrashPoint, CrashPoint]) => {
    const ending = process(step);
    const before = published.length;
    await survive(async () => {
      const change = { run: 1, nowInMs: clock.now(), ending: cancelled, usage: noUsage } as const;
      const task = await ending.tasks.end(taskId, change);
      if (task !== undefined && isEnded(task)) await ending.publishEnd(task);
    });
    if (published.length > before) await survive(() => process(rule).afterTask(taskId));
  };
  const later = async (
    crash: CrashPoint,
    {
      extra = [],
      afterInMs = 180_000,
    }: { extra?: readonly EndSubscriber[]; afterInMs?: number } = {},
  ) => {
    await clock.sleep(afterInMs);
    await survive(() => process(crash, extra).chores());
  };
  return { stores, clock, published, copied, received, logger, endTask, later };
}

const cancelled = { status: 'CANCELLED' } as const;

async function survive(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'CrashError')) throw error;
  }
}

async function newTask(world: ReturnType<typeof createWorld>): Promise<TaskId> {
  const { task } = await world.stores.tasks.create(
    queuedTask({ options: { callbackUrl: 'https://hooks.example.com/' } }),
  );
  return task.taskId;
}

/** What must be so when everything has come to rest, wherever processes have died. */
async function expectPromises(world: ReturnType<typeof createWorld>, taskId: TaskId) {
  const { stores, clock, published, copied, received } = world;
  const task = await stores.tasks.get(taskId);
  expect(received.every(({ hadEnded }) => hadEnded)).toBe(true);
  if (task === undefined || !isEnded(task)) {
    expect({ published, received }).toEqual({ published: [], received: [] });
    return;
  }
  const eventIds = [...published, ...received].map(({ eventId }) => eventId);
  expect(new Set(eventIds)).toEqual(new Set([`evt_${taskId.slice(4)}_1_cancelled`]));
  expect(published.length).toBeGreaterThan(0);
  expect(received.length).toBeGreaterThan(0);
  expect(copied).toContain(taskId);
  const unannounced = await stores.tasks.listUnannounced({
    endedBeforeInMs: clock.now(),
    limit: 100,
  });
  expect(unannounced.map((each) => each.taskId)).not.toContain(taskId);
  expect(await stores.callbacks.get({ taskId, run: 1 })).toMatchObject({ state: 'delivered' });
}

describe('the announcement of an end', () => {
  it('is one event, one copy and one callback where nothing goes wrong', async () => {
    const world = createWorld();
    const taskId = await newTask(world);

    await world.endTask(taskId, [never, never]);
    await world.later(never);

    await expectPromises(world, taskId);
    expect([world.published, world.copied, world.received].map((list) => list.length)).toEqual([
      1, 1, 1,
    ]);
  });

  const everyPoint = Array.from({ length: 8 }, (_, at) =>
    [true, false].map((isBefore) => ({ at, isBefore })),
  );

  it('is made at least once, whichever operation its process dies at', async () => {
    let deaths = 0;
    for (const crash of everyPoint.flat()) {
      for (const crashes of [
        [crash, never],
        [never, crash],
      ] as const) {
        const world = createWorld();
        const taskId = await newTask(world);

        await world.endTask(taskId, crashes);
        const before = world.received.length;
        await world.later(never);
        if (before === 0) deaths += 1;

        await expectPromises(world, taskId);
      }
    }
    // Otherwise nothing has died in time.
    expect(deaths).toBeGreaterThan(10);
  });

  it('is made at least once, however often processes die and receivers fail', async () => {
    const point = fc.record({ at: fc.nat({ max: 8 }), isBefore: fc.boolean() });
    const scene = fc.record({
      crashes: fc.tuple(point, point),
      later: fc.array(point, { maxLength: 3 }),
      statuses: fc.array(fc.constantFrom(204, 500, 429), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ crashes, later, statuses }) => {
        const world = createWorld([...statuses, 204]);
        const taskId = await newTask(world);
        await world.endTask(taskId, crashes);
        for (const crash of later) await world.later(crash);
        // Longer than the longest wait that two failures and a lost claim can lead to.
        for (let rounds = 0; rounds < 16; rounds += 1) {
          await world.later(never);
          await world.clock.sleep(600_000);
        }
        await expectPromises(world, taskId);
      }),
      { numRuns: 10 },
    );
  });

  it('waits two minutes for the usual way before it is made again', async () => {
    const world = createWorld();
    const taskId = await newTask(world);
    const dead = { at: 1, isBefore: true };
    await world.endTask(taskId, [dead, never]);
    expect(world.published).toEqual([]);

    await world.later(never, { afterInMs: 119_000 });
    expect(world.published).toEqual([]);
    await world.later(never, { afterInMs: 2_000 });

    await expectPromises(world, taskId);
  });

  it('is made again as long as a subscriber fails, and the others have their turn', async () => {
    const world = createWorld();
    const taskId = await newTask(world);
    await world.endTask(taskId, [{ at: 1, isBefore: true }, never]);
    const failing: EndSubscriber = async () => {
      throw new Error('The outbox is full.');
    };

    await world.later(never, { extra: [failing] });
    expect(world.received).toHaveLength(1);
    expect(world.logger.lines.map(({ event }) => event)).toContain('end-not-announced');
    // It has waited for three minutes, and waits for as long and two more.
    await world.later(never, { afterInMs: 299_000 });
    expect(world.published).toHaveLength(1);
    await world.later(never, { afterInMs: 2_000 });

    await expectPromises(world, taskId);
    expect(world.received).toHaveLength(1);
    expect(world.published.length).toBe(2);
  });

  it('of a task that is resumed meanwhile is left to its next end', async () => {
    const world = createWorld();
    const taskId = await newTask(world);
    await world.endTask(taskId, [{ at: 1, isBefore: true }, never]);
    await world.stores.tasks.resume(taskId, {
      run: 1,
      nowInMs: world.clock.now(),
      deadlineAtInMs: world.clock.now() + 60_000,
      addedBudgetInMicroUsd: 0,
      allowances: [],
    });

    await world.later(never);

    expect({ published: world.published, received: world.received }).toEqual({
      published: [],
      received: [],
    });
  });
});
