import { describe, expect, it } from '@jest/globals';
import { meteredObjects } from '#shared/adapters/system/metered-objects.ts';
import { createOperationMeter } from '#shared/adapters/system/operation-meter.ts';
import type { OperationCounts } from '#shared/ports/meter.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';

const store: ObjectStore = {
  put: async () => true,
  get: async () => undefined,
  head: async () => undefined,
  list: async () => [],
  copy: async () => undefined,
  delete: async () => undefined,
};

describe('operation meter', () => {
  it('keeps apart what runs at the same time', async () => {
    const meter = createOperationMeter();
    const counted: OperationCounts[] = [];
    const work = (amount: number) =>
      meter.measure(
        async () => {
          meter.add('readUnits', amount);
          await Promise.resolve();
          meter.add('readUnits', amount);
        },
        (counts) => counted.push(counts),
      );

    await Promise.all([work(1), work(10)]);
    meter.add('readUnits', 1_000);

    expect(counted.map(({ readUnits }) => readUnits)).toEqual([2, 20]);
  });

  it('tells what a piece of work asked for before it failed', async () => {
    const meter = createOperationMeter();
    const counted: OperationCounts[] = [];
    const work = meter.measure(
      async () => {
        meter.add('writeUnits', 3);
        throw new Error('failed');
      },
      (counts) => counted.push(counts),
    );

    await expect(work).rejects.toThrow('failed');
    expect(counted[0]).toMatchObject({ writeUnits: 3 });
  });

  it('counts the requests of an object store as S3 bills them', async () => {
    const meter = createOperationMeter();
    const objects = meteredObjects(store, meter);
    const counted: OperationCounts[] = [];
    await meter.measure(
      async () => {
        await objects.put('a', new Uint8Array());
        await objects.copy('a', 'b');
        await objects.list('');
        await objects.get('a');
        await objects.head('a');
        await objects.delete('a');
      },
      (counts) => counted.push(counts),
    );
    expect(counted).toEqual([{ readUnits: 0, writeUnits: 0, objectReads: 2, objectWrites: 3 }]);
  });
});
