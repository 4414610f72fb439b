import { describe, expect, it } from '@jest/globals';
import { createSystemClock } from '#shared/adapters/system/clock.ts';

describe('system clock', () => {
  it('sleeps through a duration and no longer than a signal allows', async () => {
    const clock = createSystemClock();
    const controller = new AbortController();
    const reason = new Error('stop');

    await clock.sleep(0, controller.signal);
    const sleep = clock.sleep(2 ** 40, controller.signal);
    controller.abort(reason);

    await expect(sleep).rejects.toBe(reason);
  });

  it('does not begin to sleep when it was told to stop before', async () => {
    const reason = new Error('stop');

    const sleep = createSystemClock().sleep(2 ** 40, AbortSignal.abort(reason));

    await expect(sleep).rejects.toBe(reason);
  });

  it('tells the time of the machine', () => {
    const before = Date.now();

    const now = createSystemClock().now();

    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
