import { describe, expect, it } from '@jest/globals';
import type { TenantId } from '#shared/domain/ids.ts';
import type { Task, TaskStatus } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { newTenantId, queuedTask, testTimeInMs } from '../../support/tasks.ts';

/** Lists of tasks: {@link TaskStore.list} and {@link TaskStore.listUnended}. */
export function describeTaskLists(create: () => TaskStore): void {
  describe('lists', () => {
    it('shows the tasks of a tenant, newest first, page by page and each once', async () => {
      const store = create();
      const tenantId = newTenantId();
      const created = await createMany(store, tenantId, 7);

      const pages = await allPages(store, { tenantId, limit: 3 });

      expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
      expect(idsOf(pages.flat())).toEqual(idsOf(created).reverse());
    });

    it('ends with the last full page', async () => {
      const store = create();
      const tenantId = newTenantId();
      await createMany(store, tenantId, 4);

      const pages = await allPages(store, { tenantId, limit: 2 });

      expect(pages.map((page) => page.length)).toEqual([2, 2]);
    });

    it('fills the pages of a status', async () => {
      const store = create();
      const tenantId = newTenantId();
      const created = await createMany(store, tenantId, 9);
      const cancelled = created.filter((_, index) => index % 2 === 0);
      for (const { taskId } of cancelled) await cancel(store, taskId);

      const pages = await allPages(store, { tenantId, limit: 3, status: 'CANCELLED' });

      expect(pages.map((page) => page.length)).toEqual([3, 2]);
      expect(idsOf(pages.flat())).toEqual(idsOf(cancelled).reverse());
    });

    it('goes on with a cursor although newer tasks have come', async () => {
      const store = create();
      const tenantId = newTenantId();
      const created = await createMany(store, tenantId, 4);
      const { cursor } = await store.list({ tenantId, limit: 2 });
      await store.create(queuedTask({ tenantId, createdAtInMs: testTimeInMs + 60_000 }));

      const next = await store.list({ tenantId, limit: 9, ...(cursor ? { cursor } : {}) });

      expect(cursor).toBeDefined();
      expect(idsOf(next.tasks)).toEqual(idsOf(created.slice(0, 2)).reverse());
    });

    it('shows nothing of another tenant, not even by the cursor of that tenant', async () => {
      const store = create();
      const [mine, other] = [newTenantId(), newTenantId()];
      await createMany(store, other, 3);
      const { cursor } = await store.list({ tenantId: other, limit: 1 });

      expect((await store.list({ tenantId: mine, limit: 9 })).tasks).toEqual([]);
      expect(cursor).toBeDefined();
      const stolen = await store.list({ tenantId: mine, limit: 9, ...(cursor ? { cursor } : {}) });
      expect(stolen.tasks).toEqual([]);
    });

    it.each(['', 'x', '!!', Buffer.from('2026#tsk_1').toString('base64url')])(
      'refuses a cursor of no page: “%s”',
      async (cursor) => {
        const listing = create().list({ tenantId: newTenantId(), limit: 1, cursor });

        await expect(listing).rejects.toMatchObject({ code: 'invalid_request' });
      },
    );

    it('lists the unended tasks of all tenants, queued or running, and no ended one', async () => {
      const store = create();
      const [queued, running, ended] = [queuedTask(), queuedTask(), queuedTask()];
      for (const task of [queued, running, ended]) await store.create(task);
      await store.begin(running.taskId, { run: 1, nowInMs: testTimeInMs });
      await cancel(store, ended.taskId);

      const unended = idsOf(await store.listUnended());

      expect(unended).toContain(queued.taskId);
      expect(unended).toContain(running.taskId);
      expect(unended).not.toContain(ended.taskId);
    });
  });
}

function idsOf(tasks: readonly Task[]): string[] {
  return tasks.map((task) => task.taskId);
}

async function createMany(store: TaskStore, tenantId: TenantId, count: number) {
  const tasks = Array.from({ length: count }, (_, index) =>
    queuedTask({ tenantId, createdAtInMs: testTimeInMs + index }),
  );
  await Promise.all(tasks.map((task) => store.create(task)));
  return tasks;
}

async function allPages(
  store: TaskStore,
  query: { tenantId: TenantId; limit: number; status?: TaskStatus },
) {
  const pages: (readonly Task[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page.tasks);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

function cancel(store: TaskStore, taskId: Task['taskId']) {
  return store.end(taskId, {
    run: 'any',
    nowInMs: testTimeInMs,
    ending: { status: 'CANCELLED' },
    usage: noUsage,
  });
}
