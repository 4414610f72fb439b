import { describe, expect, it } from '@jest/globals';
import {
  expiryAfterEnd,
  expiryOfUpload,
  expiryWhileWorking,
} from '#shared/adapters/aws/dynamo/retention.ts';

describe('retention', () => {
  it('keeps what a task needs to go on past the longest deadline that a task may have', () => {
    expect(expiryWhileWorking(0, 1)).toEqual({ expiresAt: 8 * 86_400 });
  });

  it('counts the retention of a task from its end, in seconds', () => {
    expect(expiryAfterEnd(1_500, 30)).toEqual({ expiresAt: 30 * 86_400 + 2 });
  });

  it('lets nothing of a task expire where no retention is set', () => {
    expect(expiryWhileWorking(0, undefined)).toEqual({});
    expect(expiryAfterEnd(0, undefined)).toEqual({});
  });

  it('shows an upload as expired for a day', () => {
    expect(expiryOfUpload(2_000)).toEqual({ expiresAt: 86_402 });
  });
});
