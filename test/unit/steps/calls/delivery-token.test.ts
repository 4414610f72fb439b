import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AttemptId, CallId, TaskId } from '#shared/domain/ids.ts';
import { readDelivery, signDelivery } from '#shared/steps/calls/delivery-token.ts';

const key = new Uint8Array(32).fill(7);
const nowInMs = Date.UTC(2026, 10, 21);
const claims = {
  taskId: TaskId.parse(`tsk_${'a'.repeat(26)}`),
  callId: CallId.parse('notes-0-00012'),
  attemptId: AttemptId.parse(`att_${'b'.repeat(26)}`),
};
const token = signDelivery(key, claims, { nowInMs });
const read = (text: string, atInMs = nowInMs) => readDelivery(key, text, { nowInMs: atInMs });

describe('the token of a callback address', () => {
  it('says what it is about, and fits into a path as it is', () => {
    expect(read(token)).toEqual(claims);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('is refused with any character changed, left out or added (I11)', () => {
    const character = fc.constantFrom(...'abzAZ019_-.~%/= ');
    const place = fc.nat({ max: token.length });
    fc.assert(
      fc.property(place, fc.nat({ max: 2 }), fc.string({ unit: character }), (at, cut, put) => {
        const forged = token.slice(0, at) + put + token.slice(at + cut);
        fc.pre(forged !== token);
        expect(read(forged)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused whatever else it is', () => {
    fc.assert(fc.property(fc.string(), (text) => read(text) === undefined));
  });

  it('is refused where it was signed with another key', () => {
    const other = signDelivery(new Uint8Array(32).fill(8), claims, { nowInMs });
    expect(read(other)).toBeUndefined();
  });

  it('is refused when it is too old, also with a later expiry written into it', () => {
    expect(read(token, nowInMs + 86_400_000)).toEqual(claims);
    expect(read(token, nowInMs + 86_401_000)).toBeUndefined();
    const [taskId, callId, attemptId, , mac] = token.split('.');
    expect(read([taskId, callId, attemptId, 'zzzzzzz', mac].join('.'))).toBeUndefined();
  });

  it('is refused for the ids of another task', () => {
    const [, ...rest] = token.split('.');
    expect(read([`tsk_${'c'.repeat(26)}`, ...rest].join('.'))).toBeUndefined();
  });
});
