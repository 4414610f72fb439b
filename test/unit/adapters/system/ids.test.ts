import { describe, expect, it } from '@jest/globals';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { apiKeyPattern } from '#shared/domain/api-key.ts';

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

  it('are secrets of keys of 256 bits, in which every digit is as likely as any other', () => {
    const keys = Array.from({ length: 2_000 }, () => ids.apiKey());

    expect(new Set(keys).size).toBe(2_000);
    expect(keys.filter((key) => !apiKeyPattern.test(key))).toEqual([]);
    expect(43 * Math.log2(62)).toBeGreaterThan(256);
    const counts = new Map<string, number>();
    for (const digit of keys.map((key) => key.slice(3)).join('')) {
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    // Of 86 000 draws each of the 62 digits gets 1 387 ± 37; a remainder of bytes would give some of them 1 680.
    expect(counts.size).toBe(62);
    for (const count of counts.values()) expect(Math.abs(count - 1_387)).toBeLessThan(6 * 37);
    expect(ids.keyId()).toMatch(/^key_[0-9a-z]{26}$/);
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
