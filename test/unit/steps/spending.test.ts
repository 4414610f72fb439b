import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoAllowances } from '#shared/adapters/aws/dynamo/allowances.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import type { Allowances } from '#shared/ports/allowances.ts';
import { spendingOf } from '#shared/runtime/spending-settings.ts';
import { allowancesOf, giveBackToAll, takeFromAll } from '#shared/steps/tasks/spending.ts';
import { type RunningTable, startTable } from '../../support/dynamo-servers.ts';
import { ids } from '../../support/tasks.ts';

describe('the month of a deployment', () => {
  let table: RunningTable;
  let allowances: Allowances;
  beforeAll(async () => {
    const server = { name: 'dynalite', skipped: undefined, start: () => startLocalDynamo() };
    table = await startTable(server);
    allowances = createDynamoAllowances(table);
  });
  afterAll(() => table.close());

  /** A month's allowance and a key's, of a name of their own. */
  const wantedOf = (monthInMicroUsd: number, keyMonthInMicroUsd: number) => {
    const prefix = ids.requestId();
    return [
      { id: `${prefix} all`, limitInMicroUsd: monthInMicroUsd },
      { id: `${prefix} key`, limitInMicroUsd: keyMonthInMicroUsd },
    ] as const;
  };
  const takenOf = (wanted: readonly { id: string }[]) =>
    Promise.all(wanted.map(({ id }) => allowances.taken(id)));

  it('is named after the month in UTC, for everybody and for a key', () => {
    const limits = { monthInMicroUsd: 10, keyMonthInMicroUsd: 5 };
    const caller = { keyId: 'k1', nowInMs: Date.UTC(2026, 10, 30, 23, 59) };

    expect(allowancesOf(limits, caller)).toEqual([
      { id: 'all 2026-11', limitInMicroUsd: 10 },
      { id: 'key k1 2026-11', limitInMicroUsd: 5 },
    ]);
    const later = { ...caller, nowInMs: caller.nowInMs + 60_000 };
    expect(allowancesOf({ keyMonthInMicroUsd: 5 }, later)).toEqual([
      { id: 'key k1 2026-12', limitInMicroUsd: 5 },
    ]);
    expect(allowancesOf({}, caller)).toEqual([]);
  });

  it('is taken from by every task, in all its allowances', async () => {
    const wanted = wantedOf(1_000, 600);

    await takeFromAll(allowances, wanted, 600);
    expect(await takenOf(wanted)).toEqual([600, 600]);
    await giveBackToAll(allowances, wanted, 250);

    expect(await takenOf(wanted)).toEqual([350, 350]);
  });

  it('gets back what the first allowance gave when the second one refuses', async () => {
    const wanted = wantedOf(1_000, 300);
    await takeFromAll(allowances, wanted, 200);

    await expect(takeFromAll(allowances, wanted, 101)).rejects.toMatchObject({
      code: 'budget_exceeded',
      details: { allowance: wanted[1].id, limitInMicroUsd: 300, leftInMicroUsd: 100 },
    });

    expect(await takenOf(wanted)).toEqual([200, 200]);
  });

  it('asks no further allowance when the first one refuses', async () => {
    const wanted = wantedOf(100, 1_000);

    await expect(takeFromAll(allowances, wanted, 101)).rejects.toMatchObject({
      details: { allowance: wanted[0].id },
    });

    expect(await takenOf(wanted)).toEqual([0, 0]);
  });

  it('gets nothing back from a task that has spent more than it had', async () => {
    const wanted = wantedOf(1_000, 1_000);
    await takeFromAll(allowances, wanted, 500);

    await giveBackToAll(allowances, wanted, -20);

    expect(await takenOf(wanted)).toEqual([500, 500]);
  });

  it('has the limits that are set, and none where nothing is set', () => {
    expect(spendingOf({}, allowances)).toBeUndefined();
    expect(spendingOf({ QUIRE_MONTH_BUDGET_USD: ' ' }, allowances)).toBeUndefined();
    expect(
      spendingOf({ QUIRE_MONTH_BUDGET_USD: '12.5', QUIRE_KEY_MONTH_BUDGET_USD: '3' }, allowances),
    ).toEqual({
      allowances,
      limits: { monthInMicroUsd: 12_500_000, keyMonthInMicroUsd: 3_000_000 },
    });
  });

  it.each(['0', '-1', 'much', '1000001', 'Infinity'])('has no limit of %s dollars', (text) => {
    expect(() => spendingOf({ QUIRE_MONTH_BUDGET_USD: text }, allowances)).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});
