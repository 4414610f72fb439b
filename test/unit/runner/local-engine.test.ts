import { describe, expect, it } from '@jest/globals';
import { QuireError } from '#shared/domain/errors.ts';
import { awsLimits } from '#shared/runner/aws-limits.ts';
import { engineOf, record, task, taskId, waiting } from '../../support/engine-bench.ts';

describe('local engine', () => {
  it('runs the steps of the definition with the task id as the only input', async () => {
    const inputs: unknown[] = [];
    const { engine } = engineOf({
      'open-task': record(inputs, undefined, { taskId, opened: true }),
      'close-task': record(inputs),
    });

    await engine.start(task);
    await engine.whenOver(taskId);

    expect(inputs).toEqual([{ taskId }, { taskId, opened: true }]);
  });

  it('counts the states entered, which is what Step Functions bills', async () => {
    const { engine, ended } = engineOf({
      'open-task': async () => ({}),
      'close-task': async () => ({}),
    });

    await engine.start(task);
    await engine.whenOver(taskId);

    expect(ended).toEqual([{ transitions: 2, events: 10 }]);
  });

  it('starts a task that is running only once', async () => {
    let opened = 0;
    const { engine } = engineOf({
      'open-task': async () => {
        opened += 1;
        return {};
      },
      'close-task': async () => ({}),
    });

    await Promise.all([engine.start(task), engine.start(task), engine.start(task)]);
    await engine.whenOver(taskId);

    expect(opened).toBe(1);
  });

  it('leads an error to the Catch by its code, with the cause as Lambda writes it', async () => {
    let caught: unknown;
    const { engine } = engineOf({
      'open-task': async () => {
        throw new QuireError('corrupt_file', 'Expected a whole file, got half of one.');
      },
      'fail-task': async (input) => {
        caught = input;
        return {};
      },
    });

    await engine.start(task);
    await engine.whenOver(taskId);

    expect(caught).toEqual({
      taskId,
      error: {
        Error: 'corrupt_file',
        Cause: JSON.stringify({
          errorType: 'corrupt_file',
          errorMessage: 'Expected a whole file, got half of one.',
        }),
      },
    });
  });

  it('keeps the message of an unknown error out of the machine', async () => {
    let caught = '';
    const { engine, logger } = engineOf({
      'open-task': async () => {
        throw new Error('secret text of a document');
      },
      'fail-task': async (input) => {
        caught = JSON.stringify(input);
        return {};
      },
    });

    await engine.start(task);
    await engine.whenOver(taskId);

    expect(caught).toContain('internal_error');
    expect(caught + JSON.stringify(logger.lines)).not.toContain('secret text');
  });

  it('refuses an output that Step Functions would not carry, by one byte', async () => {
    const codes: unknown[] = [];
    for (const padding of [0, 1]) {
      const { engine } = engineOf({
        'open-task': async () => ({ text: 'x'.repeat(262_144 - '{"text":""}'.length + padding) }),
        'close-task': record(codes, 'carried'),
        'fail-task': record(codes),
      });
      await engine.start(task);
      await engine.whenOver(taskId);
    }

    expect(codes).toEqual([
      'carried',
      { taskId, error: expect.objectContaining({ Error: 'payload_too_large' }) },
    ]);
  });

  it('ends an execution whose history is too long for Step Functions', async () => {
    const ran: string[] = [];
    const { engine, broken } = engineOf(
      {
        'open-task': record(ran, 'open'),
        'close-task': record(ran, 'close'),
        'fail-task': record(ran, 'fail'),
      },
      { limits: { ...awsLimits, historyEvents: 6 } },
    );

    await engine.start(task);
    await engine.whenOver(taskId);

    expect(ran).toEqual(['open']);
    expect(broken).toEqual(['history_too_long']);
  });

  it('stops a step at the time limit of its function and aborts its signal', async () => {
    let signal: AbortSignal | undefined;
    let caught = '';
    const { engine } = engineOf(
      {
        'open-task': (_, context) => {
          signal = context.signal;
          return new Promise(() => undefined);
        },
        'fail-task': async (input) => {
          caught = JSON.stringify(input);
          return {};
        },
      },
      { clock: { now: () => 0, sleep: () => Promise.resolve() } },
    );

    await engine.start(task);
    await engine.whenOver(taskId);

    expect(signal?.aborted).toBe(true);
    expect(caught).toContain('step_timeout');
  });

  it('aborts the running step on stop and runs no further state, not even the one for failures', async () => {
    const ran: string[] = [];
    const started = Promise.withResolvers<void>();
    const { engine } = engineOf({
      'open-task': async (_, { signal }) => {
        started.resolve();
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
        return {};
      },
      'close-task': record(ran, 'close'),
      'fail-task': record(ran, 'fail'),
    });

    await engine.start(task);
    await started.promise;
    await engine.stop(task);
    await engine.whenOver(taskId);

    expect(ran).toEqual([]);
  });

  it('does nothing when a task is stopped that does not run', async () => {
    const { engine } = engineOf({});

    await expect(engine.stop(task)).resolves.toBeUndefined();
  });

  it('waits for a task token and goes on with the answer; a second answer changes nothing', async () => {
    const asked = Promise.withResolvers<string>();
    let closed: unknown;
    const { engine } = engineOf(
      {
        'open-task': async (input) => {
          asked.resolve((input as { token: string }).token);
          return {};
        },
        'close-task': async (input) => {
          closed = input;
          return {};
        },
      },
      { definition: waiting },
    );

    await engine.start(task);
    const token = await asked.promise;
    const first = await engine.answer(token, { isSuccess: true, output: { approved: true } });
    const second = await engine.answer(token, { isSuccess: true, output: { approved: false } });
    await engine.whenOver(taskId);

    expect([first, second]).toEqual([true, false]);
    expect(closed).toEqual({ taskId, answer: { approved: true } });
  });

  it('says of a forged token that it answers nothing', async () => {
    const { engine } = engineOf({});

    expect(await engine.answer('forged', { isSuccess: true, output: {} })).toBe(false);
  });
});
