import { describe, expect, it } from '@jest/globals';
import {
  type ErrorCode,
  errorCodes,
  errorEntry,
  errorOf,
  infrastructureErrors,
  isQuireError,
  Problem,
  problemOf,
  QuireError,
} from '#shared/domain/errors.ts';

describe('error table', () => {
  it.each(errorCodes.map((code) => ({ code })))(
    'says what $code means and what to do',
    ({ code }) => {
      const entry = errorEntry(code);

      expect(entry.title.length).toBeGreaterThan(10);
      expect(entry.remedy).toMatch(/[.?]$/);
      expect(entry.httpStatus).toBeGreaterThanOrEqual(400);
      expect(entry.httpStatus).toBeLessThan(600);
    },
  );

  it('never lets anybody retry what was wrong with the input or the limits', () => {
    const retried = errorCodes
      .map(errorEntry)
      .filter((entry) => entry.origin === 'input' || entry.origin === 'limit')
      .filter((entry) => entry.retry !== 'never');

    expect(retried).toEqual([]);
  });

  it('stops at a refusal and a bad request, and leaves a wrong key or an empty account to the next provider', () => {
    const actionsOf = (...codes: readonly ErrorCode[]) =>
      new Set(codes.map((code) => errorEntry(code).action));

    expect(actionsOf('model_refused', 'model_bad_request')).toEqual(new Set(['stop']));
    expect(actionsOf('model_auth_failed', 'model_quota_exhausted', 'model_untrusted')).toEqual(
      new Set(['fail-over']),
    );
    expect(actionsOf('model_unavailable', 'model_timeout', 'model_rate_limited')).toEqual(
      new Set(['retry-here']),
    );
  });

  it('lets a state machine retry only what the platform reports', () => {
    expect(infrastructureErrors.every((name) => /^(Lambda|States)\./.test(name))).toBe(true);
  });
});

describe('problems', () => {
  it('come back from JSON as the same error', () => {
    const error = new QuireError('file_too_large', 'Expected at most 50 MB, got 60 MB.', {
      details: { sizeInBytes: 60, names: ['a'] },
    });

    const again = errorOf(Problem.parse(JSON.parse(JSON.stringify(problemOf(error)))));

    expect(again).toMatchObject({
      code: error.code,
      message: error.message,
      details: error.details,
    });
  });

  it('do not carry the message of a foreign error, which might quote a document', () => {
    expect(problemOf(new TypeError('the salary of Ms Miller is'))).toEqual({
      code: 'internal_error',
      message: 'An unexpected TypeError stopped the work.',
    });
  });

  it('are recognised by code, not by class', () => {
    const lookalike = Object.assign(new Error('x'), { code: 'corrupt_file' });

    expect(isQuireError(lookalike)).toBe(true);
    expect(isQuireError(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(false);
  });
});
