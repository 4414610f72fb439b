import { describe, expect, it } from '@jest/globals';
import { createJsonLogger, type LogLevel } from '#shared/adapters/system/logger.ts';
import { ids } from '../../../support/tasks.ts';

function recording(level?: LogLevel) {
  const lines: string[] = [];
  const logger = createJsonLogger({
    write: (line) => lines.push(line),
    now: () => Date.UTC(2026, 10, 21),
    ...(level === undefined ? {} : { level }),
  });
  return { logger, lines };
}

describe('JSON logger', () => {
  it('writes one line of JSON an event', () => {
    const { logger, lines } = recording();

    logger.info('call-ended', {
      attempts: 2,
      isCached: false,
      reason: 'two\nlines',
      none: undefined,
    });

    expect(lines).toEqual([
      '{"time":"2026-11-21T00:00:00.000Z","level":"info","event":"call-ended","attempts":2,"isCached":false,"reason":"two\\nlines"}',
    ]);
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = recording('warn');

    logger.info('a');
    logger.warn('b');
    logger.error('c');

    expect(lines.map((line) => JSON.parse(line).level)).toEqual(['warn', 'error']);
  });

  it.each([
    ['reason', 'refused: sk-empiriolabs-0123456789abcdef'],
    ['reason', 'Authorization: Bearer abc.def'],
    ['reason', 'qk_0123456789abcdef'],
    ['reason', 'AKIAIOSFODNN7EXAMPLE is wrong'],
    ['reason', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['reason', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh'],
    ['apiKey', 'plain-word'],
    ['clientSecret', 'plain-word'],
  ])('blots out what looks like a key (I9): %s=%s', (name, value) => {
    const { logger, lines } = recording();

    logger.error('failed', { [name]: value });

    const secret = value.match(/\S*(?:sk-|qk_|abc\.def|AKIA|wJal|eyJ|plain)\S*/)?.[0];
    expect(lines[0]).not.toContain(secret);
    expect(lines[0]).toContain('[redacted]');
  });

  it.each([
    ['taskId', ids.taskId()],
    ['execution', `${ids.taskId()}-r2`],
    ['objectKey', `tasks/${ids.taskId()}/calls/notes-0-00001.1.json`],
    ['hash', 'a3f5'.repeat(16)],
    ['event', 'Reading for key points: 12 calls planned'],
  ])('leaves ids, keys of objects, hashes and sentences readable: %s', (name, value) => {
    const { logger, lines } = recording();

    logger.info('noted', { [`${name}Seen`]: value });

    expect(lines[0]).toContain(value);
  });

  it('never fails the work', () => {
    const logger = createJsonLogger({
      write: () => {
        throw new Error('disk full');
      },
    });

    expect(() => logger.error('failed')).not.toThrow();
  });
});
