import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createStepFunctionsEngine } from '#shared/adapters/aws/step-functions-engine.ts';
import {
  type JsonReply,
  type JsonService,
  serviceError,
  startJsonService,
  testClientSettings,
} from '../../../support/json-service.ts';
import { ids } from '../../../support/tasks.ts';

const machineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:quire-summarize';
const taskId = ids.taskId();

let service: JsonService | undefined;
afterEach(async () => {
  await service?.close();
});

async function engineOver(reply: JsonReply) {
  const running = await startJsonService(() => reply);
  service = running;
  const client = new SFNClient(testClientSettings(running.endpoint));
  const engine = createStepFunctionsEngine({
    client,
    stateMachineArns: { summarize: machineArn },
  });
  return { engine, requests: running.requests };
}

const started = { body: { executionArn: 'arn', startDate: 0 } };

describe('Step Functions engine', () => {
  it('names an execution by its task, and by its run from the second on', async () => {
    const { engine, requests } = await engineOver(started);

    await engine.start({ taskId, workflowId: 'summarize', run: 1 });
    await engine.start({ taskId, workflowId: 'summarize', run: 2 });

    const input = `{"taskId":"${taskId}"}`;
    expect(requests).toEqual([
      { operation: 'StartExecution', input: { stateMachineArn: machineArn, name: taskId, input } },
      {
        operation: 'StartExecution',
        input: { stateMachineArn: machineArn, name: `${taskId}-r2`, input },
      },
    ]);
  });

  it('takes an execution that exists for a start', async () => {
    const { engine } = await engineOver(serviceError('ExecutionAlreadyExists'));

    await expect(
      engine.start({ taskId, workflowId: 'summarize', run: 1 }),
    ).resolves.toBeUndefined();
  });

  it('stops the execution of the run, and none that is not there', async () => {
    const { engine, requests } = await engineOver(serviceError('ExecutionDoesNotExist'));

    await engine.stop({ taskId, workflowId: 'summarize', run: 3 });

    const executionArn = `${machineArn.replace('stateMachine', 'execution')}:${taskId}-r3`;
    expect(requests).toEqual([
      { operation: 'StopExecution', input: { executionArn, error: 'task_cancelled' } },
    ]);
  });

  it('leaves an execution alone that has ended by itself before it was stopped', async () => {
    const { engine, requests } = await engineOver(serviceError('ValidationException'));

    await engine.stop({ taskId, workflowId: 'summarize', run: 1 });

    expect(requests).toHaveLength(1);
  });

  it.each([
    ['RUNNING', 'running'],
    ['PENDING_REDRIVE', 'running'],
    ['SUCCEEDED', 'succeeded'],
    ['FAILED', 'failed'],
    ['TIMED_OUT', 'failed'],
    ['ABORTED', 'stopped'],
  ])('says of an execution that is %s: %s, and reads none of its data', async (status, state) => {
    const { engine, requests } = await engineOver({ body: { status } });

    expect(await engine.describe({ taskId, workflowId: 'summarize', run: 2 })).toBe(state);

    const executionArn = `${machineArn.replace('stateMachine', 'execution')}:${taskId}-r2`;
    expect(requests).toEqual([
      { operation: 'DescribeExecution', input: { executionArn, includedData: 'METADATA_ONLY' } },
    ]);
  });

  it('says of an execution that nobody knows that it is missing', async () => {
    const { engine } = await engineOver(serviceError('ExecutionDoesNotExist'));

    expect(await engine.describe({ taskId, workflowId: 'summarize', run: 1 })).toBe('missing');
  });

  it('passes answers on to the step that waits', async () => {
    const { engine, requests } = await engineOver({ body: {} });

    expect(await engine.answer('token', { isSuccess: true, output: { ok: 1 } })).toBe(true);
    expect(await engine.answer('token', { isSuccess: false, code: 'task_cancelled' })).toBe(true);

    expect(requests).toEqual([
      { operation: 'SendTaskSuccess', input: { taskToken: 'token', output: '{"ok":1}' } },
      { operation: 'SendTaskFailure', input: { taskToken: 'token', error: 'task_cancelled' } },
    ]);
  });

  it.each(['TaskTimedOut', 'InvalidToken', 'TaskDoesNotExist'])(
    'says that an answer came too late or from nowhere: %s (I11)',
    async (name) => {
      const { engine } = await engineOver(serviceError(name));

      expect(await engine.answer('token', { isSuccess: true, output: null })).toBe(false);
      expect(await engine.answer('token', { isSuccess: false, code: 'x' })).toBe(false);
    },
  );

  it.each([
    ['store_unavailable', { status: 500, body: { __type: 'InternalFailure' } }],
    ['internal_error', serviceError('StateMachineDoesNotExist')],
  ])('says %s where Step Functions fails so', async (code, reply) => {
    const { engine } = await engineOver(reply);

    await expect(engine.start({ taskId, workflowId: 'summarize', run: 1 })).rejects.toMatchObject({
      code,
    });
  });

  it('refuses a workflow that is not deployed', async () => {
    const { engine } = await engineOver(started);

    await expect(engine.start({ taskId, workflowId: 'compare', run: 1 })).rejects.toMatchObject({
      code: 'workflow_not_found',
    });
  });
});
