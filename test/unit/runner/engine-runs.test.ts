import { describe, expect, it } from '@jest/globals';
import { QuireError } from '#shared/domain/errors.ts';
import { engineOf, record, task, taskId } from '../../support/engine-bench.ts';

describe('runs of the local engine', () => {
  it('tells where an execution stands, by the run', async () => {
    const reached = Promise.withResolvers<void>();
    const release = Promise.withResolvers<object>();
    let isFailing = false;
    const { engine } = engineOf({
      'open-task': async () => {
        reached.resolve();
        if (isFailing) throw new QuireError('empty_file', 'Nothing in it.');
        return await release.promise;
      },
      'close-task': async () => ({}),
      'fail-task': async () => {
        throw new Error('It fails too.');
      },
    });

    expect(await engine.describe(task)).toBe('missing');
    await engine.start(task);
    await reached.promise;
    expect(await engine.describe(task)).toBe('running');
    expect(await engine.describe({ ...task, run: 2 })).toBe('missing');
    release.resolve({});
    await engine.whenOver(taskId);
    expect(await engine.describe(task)).toBe('succeeded');
    isFailing = true;
    await engine.start({ ...task, run: 2 });
    await engine.whenOver(taskId);
    expect(await engine.describe({ ...task, run: 2 })).toBe('failed');
    expect(await engine.describe(task)).toBe('succeeded');
  });

  it('starts the next run of a task as soon as the steps of the stopped one have ended', async () => {
    const release = Promise.withResolvers<void>();
    const events: string[] = [];
    const { engine } = engineOf({
      'open-task': async () => {
        events.push('begun');
        if (events.length === 1) await release.promise;
        events.push('ended');
        return {};
      },
      'close-task': record(events, 'closed'),
    });
    await engine.start(task);
    await engine.stop(task);

    const second = engine.start({ ...task, run: 2 });
    release.resolve();
    await second;
    await engine.whenOver(taskId);

    expect(events).toEqual(['begun', 'ended', 'begun', 'ended', 'closed']);
  });
});
