import { describe, expect, it } from '@jest/globals';
import { QuireError } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { type AwsLimits, awsLimits } from '#shared/runner/aws-limits.ts';
import { createLocalEngine } from '#shared/runner/local-engine.ts';
import type { StepHandler } from '#shared/steps/step.ts';
import type { StateMachineDefinition } from '#shared/workflows/asl.ts';
import type { StepName } from '#shared/workflows/step-names.ts';
import { createRecordingLogger } from '../../support/silent-logger.ts';
import { stepHandlers } from '../../support/step-handlers.ts';

const taskId = TaskId.parse(`tsk_${'a'.repeat(26)}`);
const task = { taskId, workflowId: 'small', run: 1 };

/** Two steps and the way of all failures. */
const twoSteps: StateMachineDefinition = {
  Comment: 'two steps',
  StartAt: 'First',
  States: {
    First: {
      Type: 'Task',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
      Resource: '${OpenTaskArn}',
      Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 1, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Fail' }],
      Next: 'Second',
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    Second: { Type: 'Task', Resource: '${CloseTaskArn}', End: true },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    Fail: { Type: 'Task', Resource: '${FailTaskArn}', End: true },
  },
};

const waiting: StateMachineDefinition = {
  Comment: 'one step that waits for an answer',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
        FunctionName: '${OpenTaskArn}',
        Payload: { 'taskId.$': '$.taskId', 'token.$': '$$.Task.Token' },
      },
      ResultPath: '$.answer',
      Next: 'Second',
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the definition
    Second: { Type: 'Task', Resource: '${CloseTaskArn}', End: true },
  },
};

/** A clock on which nothing ever times out. */
const patientClock: Clock = {
  now: () => 0,
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

/** A step that notes that it ran, by a word or by its input. */
function record(list: unknown[], word?: string, output: unknown = {}): StepHandler {
  return async (input) => {
    list.push(word ?? input);
    return output;
  };
}

function engineOf(
  handlers: Partial<Record<StepName, StepHandler>>,
  options: { definition?: StateMachineDefinition; limits?: AwsLimits; clock?: Clock } = {},
) {
  const logger = createRecordingLogger();
  const broken: string[] = [];
  const engine = createLocalEngine({
    definitionOf: () => options.definition ?? twoSteps,
    handlers: stepHandlers(handlers),
    clock: options.clock ?? patientClock,
    logger,
    newToken: () => `token-${Math.random()}`,
    limits: options.limits ?? awsLimits,
    onBroken: async (_, problem) => {
      broken.push(problem.code);
    },
  });
  return { engine, logger, broken };
}

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
