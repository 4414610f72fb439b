import { describe, expect, it } from '@jest/globals';
import type { EndedTask } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { createPublishEnd } from '#shared/steps/tasks/announce-end.ts';
import { createTell } from '#shared/steps/tell.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createRecordingLogger } from '../../support/silent-logger.ts';
import { queuedTask, testTimeInMs } from '../../support/tasks.ts';

const task = queuedTask();
const ended: EndedTask = {
  ...task,
  status: 'CANCELLED',
  endedAtInMs: testTimeInMs,
  usage: noUsage,
};

describe('a bus that fails', () => {
  it('fails no work, and is heard of in the log', async () => {
    const logger = createRecordingLogger();
    const events = {
      async publish() {
        throw new TypeError('This text might quote a document.');
      },
    };

    await createTell({ events, clock: createManualClock(0), logger })(task, { kind: 'Accepted' });
    await createPublishEnd({ events, logger })(ended);

    const { taskId } = task;
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        event: 'event-not-published',
        fields: { taskId, kind: 'Accepted', name: 'TypeError' },
      },
      { level: 'warn', event: 'end-not-published', fields: { taskId, name: 'TypeError' } },
    ]);
  });
});
