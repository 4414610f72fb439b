import { describe, expect, it } from '@jest/globals';
import { createLocalEventBus } from '#shared/adapters/local/local-event-bus.ts';
import { taskEventOf } from '#shared/domain/task-event.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';

const event = taskEventOf({ ...queuedTask(), atInMs: testTimeInMs }, { kind: 'Accepted' });

describe('local event bus', () => {
  it('lets the publisher go on while handlers work, and waits for them when asked to', async () => {
    const bus = createLocalEventBus({ logger: createRecordingLogger() });
    const seen: string[] = [];
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    bus.subscribe(async ({ eventId }) => {
      await gate;
      seen.push(eventId);
    });

    await bus.publish([event]);
    expect(seen).toEqual([]);
    goOn();
    await bus.settle();

    expect(seen).toEqual([event.eventId]);
  });

  it('keeps the failure of one handler from the others and from the publisher', async () => {
    const logger = createRecordingLogger();
    const bus = createLocalEventBus({ logger });
    const seen: string[] = [];
    bus.subscribe(async () => {
      throw new TypeError('This text might quote a document.');
    });
    bus.subscribe(async ({ kind }) => void seen.push(kind));

    await bus.publish([event]);
    await bus.settle();

    expect(seen).toEqual(['Accepted']);
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        event: 'event-handler-failed',
        fields: { taskId: event.taskId, kind: 'Accepted', name: 'TypeError' },
      },
    ]);
  });
});
