import { describe, expect, it } from '@jest/globals';
import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore, UsageRow } from '#shared/ports/task-store.ts';
import { ids, newTenantId, testTimeInMs } from '../../support/tasks.ts';

/** Announced uploads and the rows of spending. */
export function describeUploadsAndUsage(create: () => TaskStore): void {
  describe('uploads', () => {
    it('gives back an announced upload, also when it has expired', async () => {
      const upload = {
        uploadId: ids.uploadId(),
        tenantId: newTenantId(),
        name: 'Bericht – Entwurf.docx',
        expiresAtInMs: testTimeInMs - 1,
      };

      await create().createUpload(upload);

      expect(await create().getUpload(upload.uploadId)).toEqual(upload);
      expect(await create().getUpload(ids.uploadId())).toBeUndefined();
    });
  });

  describe('usage', () => {
    it('writes the rows of a task over those written before', async () => {
      const store = create();
      const row = usageRow();
      const truer = { ...row, totals: { ...noUsage, attempts: 2, costInMicroUsd: 70 } };

      await store.putUsage([row]);
      await store.putUsage([truer]);

      expect(await store.listUsage(wholeYear(row))).toEqual([truer]);
    });

    it('lists the days asked for, both ends included, and one tenant only', async () => {
      const store = create();
      const tenantId = newTenantId();
      const rows = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'].map((day) =>
        usageRow({ tenantId, day }),
      );
      await store.putUsage([...rows, usageRow({ day: '2026-02-28' })]);

      const listed = await store.listUsage({
        tenantId,
        fromDay: '2026-02-28',
        toDay: '2026-03-01',
      });

      expect(listed).toEqual(rows.slice(1, 3));
    });

    it('keeps the providers and tasks of a day apart', async () => {
      const store = create();
      const row = usageRow();
      const rows = [row, { ...row, provider: 'simulator' }, { ...row, taskId: ids.taskId() }];

      await store.putUsage(rows);

      expect(await store.listUsage(wholeYear(row))).toHaveLength(3);
    });

    it('has nothing in days that end before they begin, and refuses what is no day', async () => {
      const store = create();
      const row = usageRow();
      await store.putUsage([row]);
      const { tenantId } = row;

      const reversed = { tenantId, fromDay: '2026-12-31', toDay: '2026-01-01' };
      expect(await store.listUsage(reversed)).toEqual([]);
      await expect(
        store.listUsage({ tenantId, fromDay: 'yesterday', toDay: '2026-01-01' }),
      ).rejects.toMatchObject({ code: 'invalid_request' });
    });
  });
}

function usageRow(overrides: Partial<UsageRow> = {}): UsageRow {
  return {
    day: '2026-11-21',
    tenantId: newTenantId(),
    taskId: ids.taskId(),
    workflowId: 'summarize',
    provider: 'empiriolabs',
    totals: { ...noUsage, attempts: 1, costInMicroUsd: 40 },
    ...overrides,
  };
}

function wholeYear({ tenantId }: UsageRow) {
  return { tenantId, fromDay: '2026-01-01', toDay: '2026-12-31' };
}
