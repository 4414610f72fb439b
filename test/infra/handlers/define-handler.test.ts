import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { InvocationLogger, LogFields } from '#shared/ports/logger.ts';
import type { Step, StepContext } from '#shared/steps/step.ts';
import { defineHandler } from '../../../lambdas/define-handler.ts';

const Input = z.object({ taskId: z.string(), stage: z.string().optional() });
type Run = Step<z.infer<typeof Input>, unknown>['run'];

const nowInMs = 1_000_000;

/** Runs a handler around the step and collects what it logs. */
function createHandler(run: Run) {
  const lines: string[] = [];
  const ticks = [nowInMs, nowInMs];
  const flushes: number[] = [];
  const handler = defineHandler(
    { input: Input, run },
    {
      now: () => ticks.shift() ?? nowInMs + 250,
      logger: lineLogger(lines),
      metrics: { flush: () => flushes.push(lines.length) },
    },
  );
  return {
    flushes,
    invoke: (event: unknown, remainingInMs = 60_000) =>
      handler(event, { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingInMs }),
    lines,
  };
}

/** One that writes what an invocation is called into every line, as the deployed one does. */
function lineLogger(lines: string[]): InvocationLogger {
  let invocation: LogFields = {};
  const at = (level: string) => (event: string, fields?: LogFields) => {
    lines.push(JSON.stringify({ level, event, ...invocation, ...fields }));
  };
  return {
    begin: (fields) => {
      invocation = fields;
    },
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Expected the handler to throw an Error.');
}

describe('a handler', () => {
  it('gives the step its parsed input and the time at which Lambda stops it', async () => {
    const seen: [unknown, StepContext][] = [];
    const { invoke } = createHandler(async (input, context) => {
      seen.push([input, context]);
      return { done: true };
    });
    expect(await invoke({ taskId: 't1', unknown: 'dropped' })).toEqual({ done: true });
    expect(seen[0]?.[0]).toEqual({ taskId: 't1' });
    expect(seen[0]?.[1].deadlineAtInMs).toBe(nowInMs + 60_000);
    expect(seen[0]?.[1].signal.aborted).toBe(false);
  });

  it('logs one line with task, stage, outcome and duration', async () => {
    const { invoke, lines } = createHandler(async () => ({}));
    await invoke({ taskId: 't1', stage: 'notes', secret: 'document text' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'info',
        event: 'step',
        requestId: 'request-1',
        taskId: 't1',
        stage: 'notes',
        outcome: 'ok',
        durationInMs: 250,
      },
    ]);
  });

  it('writes the metrics of the invocation after its line, also when it fails', async () => {
    const served = createHandler(async () => ({}));
    await served.invoke({ taskId: 't1' });
    expect(served.flushes).toEqual([1]);
    const failing = createHandler(() => {
      throw new QuireError('corrupt_file', 'Expected a ZIP archive, got none.');
    });
    await thrownBy(failing.invoke({ taskId: 't1' }));
    expect(failing.flushes).toEqual([1]);
  });

  it('throws a QuireError as an error whose name is its code, for Catch and Cause', async () => {
    const { invoke, lines } = createHandler(() => {
      throw new QuireError('corrupt_file', 'Expected a ZIP archive, got none.');
    });
    const error = await thrownBy(invoke({ taskId: 't1' }));
    expect(error.name).toBe('corrupt_file');
    expect(error.message).toBe('Expected a ZIP archive, got none.');
    expect(error.stack).toBe('corrupt_file: Expected a ZIP archive, got none.');
    expect(JSON.parse(lines.join())).toMatchObject({ level: 'error', outcome: 'corrupt_file' });
  });

  it('passes nothing of an unexpected error on but its name, since it may quote a document', async () => {
    const { invoke, lines } = createHandler(() => {
      throw new TypeError('cannot read “the secret clause”');
    });
    const error = await thrownBy(invoke({ taskId: 't1' }));
    expect(error.name).toBe('internal_error');
    expect(error.message).toContain('TypeError');
    expect(`${error.stack}${JSON.stringify(error)}${lines.join()}`).not.toContain('secret clause');
    expect(error.cause).toBeUndefined();
  });

  it('logs where an unexpected error was thrown', async () => {
    const { invoke, lines } = createHandler(() => {
      throw new TypeError('x');
    });
    await thrownBy(invoke({ taskId: 't1' }));
    expect(JSON.parse(lines.join()).stack).toContain('define-handler.test.ts');
  });

  it('refuses an input that does not fit, naming the fields and not their values', async () => {
    const { invoke } = createHandler(async () => ({}));
    const error = await thrownBy(invoke({ taskId: 4711 }));
    expect(error.name).toBe('internal_error');
    expect(error.message).toContain('taskId');
    expect(error.message).not.toContain('4711');
  });

  it('aborts a step that would be cut off, and says so', async () => {
    const { invoke } = createHandler(
      (_input, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    const error = await thrownBy(invoke({ taskId: 't1' }, 1_001));
    expect(error.name).toBe('step_timeout');
  });
});
