import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createExecutionHistoryFiles } from '#shared/adapters/local/execution-history-files.ts';
import { until } from '../../../support/scenarios/until.ts';

describe('createExecutionHistoryFiles', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-history-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('writes a line an event, in their order, into the file of the execution', async () => {
    const history = createExecutionHistoryFiles({ directory: join(directory, 'executions') });
    const events = Array.from({ length: 30 }, (_, index) => ({ type: 'Event', atInMs: index }));

    for (const event of events) history.add('tsk_1', event);
    history.add('tsk_2', { type: 'Last', atInMs: 0 });

    const lines = async (name: string) => {
      const path = join(directory, 'executions', `${name}.jsonl`);
      const text = await readFile(path, 'utf8').catch(() => '');
      return text === '' ? undefined : text.trimEnd().split('\n');
    };
    await until(() => lines('tsk_2'));
    expect((await lines('tsk_1'))?.map((line) => JSON.parse(line))).toEqual(events);
  });

  it('never fails the work where it cannot write', async () => {
    const history = createExecutionHistoryFiles({ directory: '/dev/null/nowhere' });

    expect(() => history.add('tsk_1', { type: 'Event', atInMs: 0 })).not.toThrow();
  });
});
