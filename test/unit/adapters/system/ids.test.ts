import { describe, expect, it } from '@jest/globals';
import { createRandomIds } from '#shared/adapters/system/ids.ts';

describe('random ids', () => {
  const ids = createRandomIds();

  it('are of the forms that the domain takes, and all different', () => {
    const made = Array.from({ length: 500 }, () => [ids.taskId(), ids.uploadId(), ids.attemptId()]);

    expect(new Set(made.flat()).size).toBe(1_500);
    expect(made[0]).toEqual([
      expect.stringMatching(/^tsk_[0-9a-z]{26}$/),
      expect.stringMatching(/^upl_[0-9a-z]{26}$/),
      expect.stringMatching(/^att_[0-9a-z]{26}$/),
    ]);
  });

  it('use the whole alphabet in every place', () => {
    const made = Array.from({ length: 2_000 }, () => ids.taskId().slice(4));

    for (let place = 0; place < 26; place += 1) {
      expect(new Set(made.map((id) => id.charAt(place))).size).toBe(32);
    }
  });

  it('give the same task for the same seed, on every machine (I2)', () => {
    expect(ids.taskIdFrom('tenant/key')).toBe('tsk_4mvgs50ky48c2rp0n92jh8anz1');
    expect(ids.taskIdFrom('tenant/key')).toBe(createRandomIds().taskIdFrom('tenant/key'));
    expect(ids.taskIdFrom('tenant/key2')).not.toBe(ids.taskIdFrom('tenant/key'));
  });
});
