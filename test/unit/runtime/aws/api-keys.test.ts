import { describe, expect, it } from '@jest/globals';
import { createApiKeys } from '#shared/runtime/aws/api-keys.ts';

/** Keys from a secret that can change, with a clock that stands still until it is moved. */
function createRig(secret: string | undefined) {
  const rig = { secret, nowInMs: 0, reads: 0 };
  const keys = createApiKeys({
    readSecret: async () => {
      rig.reads += 1;
      return rig.secret;
    },
    clock: { now: () => rig.nowInMs },
  });
  return { rig, keys };
}

describe('the API keys', () => {
  it('know the generated key with its prefix only', async () => {
    const { keys } = createRig('abcdef');
    expect(await keys.isKnown('qk_abcdef')).toBe(true);
    expect(await keys.isKnown('abcdef')).toBe(false);
    expect(await keys.isKnown('qk_abcde')).toBe(false);
  });

  it('know every line of the secret, for a rotation with an old and a new key', async () => {
    const { keys } = createRig('old\nqk_new\n\n');
    expect(await keys.isKnown('qk_old')).toBe(true);
    expect(await keys.isKnown('qk_new')).toBe(true);
    expect(await keys.isKnown('qk_')).toBe(false);
  });

  it.each([undefined, '', '\n'])('know none when the secret holds none: %j', async (secret) => {
    const { keys } = createRig(secret);
    expect(await keys.isKnown('qk_')).toBe(false);
    expect(await keys.isKnown('')).toBe(false);
  });

  it('are read once a minute while they are known', async () => {
    const { rig, keys } = createRig('abc');
    await keys.isKnown('qk_abc');
    rig.nowInMs = 59_999;
    await keys.isKnown('qk_abc');
    expect(rig.reads).toBe(1);
    rig.nowInMs = 60_000;
    await keys.isKnown('qk_abc');
    expect(rig.reads).toBe(2);
  });

  it('include a new key at once, and forget the withdrawn one with it', async () => {
    const { rig, keys } = createRig('old');
    await keys.isKnown('qk_old');
    rig.secret = 'new';
    rig.nowInMs = 20_000;
    expect(await keys.isKnown('qk_old')).toBe(true);
    expect(await keys.isKnown('qk_new')).toBe(true);
    expect(await keys.isKnown('qk_old')).toBe(false);
  });

  it('are not read again for every wrong key', async () => {
    const { rig, keys } = createRig('abc');
    for (let attempt = 0; attempt < 50; attempt += 1) await keys.isKnown('qk_wrong');
    expect(rig.reads).toBe(1);
    rig.nowInMs = 10_000;
    await keys.isKnown('qk_wrong');
    expect(rig.reads).toBe(2);
  });
});
