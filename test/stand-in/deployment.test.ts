import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { longMarkdown } from '../support/long-document.ts';
import { openStandIn } from '../support/stand-in.ts';

const note =
  '# Decision\n\nThe board approved the budget of 4.2 million for 2026.\n\n# Risk\n\nCosts may rise.';
const ended = ['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'];

describe('the deployed stack', () => {
  const stack = openStandIn();
  let auth: Record<string, string> = {};

  beforeAll(async () => {
    // As docs/deploy.md tells: store the provider's key, read the API key.
    await stack.secrets.send(
      new PutSecretValueCommand({
        SecretId: stack.output('ProviderKeySecretempiriolabs'),
        SecretString: 'el-key',
      }),
    );
    const { SecretString } = await stack.secrets.send(
      new GetSecretValueCommand({ SecretId: stack.output('ApiKeySecret') }),
    );
    auth = { authorization: `Bearer qk_${SecretString}` };
  });
  afterAll(() => stack.close());

  const get = (path: string) => stack.call('GET', path, { headers: auth });
  const submit = (body: unknown, key: string) =>
    stack.call('POST', '/v1/tasks', { body, headers: { ...auth, 'idempotency-key': key } });
  const follow = async (taskId: string) => {
    for (;;) {
      const { body } = await get(`/v1/tasks/${taskId}`);
      if (ended.includes(body.status)) return body;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };

  it('answers without a key for its health only', async () => {
    expect((await stack.call('GET', '/v1/health')).body).toMatchObject({ status: 'ok' });
    expect((await stack.call('GET', '/v1/tasks')).status).toBe(401);
    const wrong = await stack.call('GET', '/v1/tasks', {
      headers: { authorization: 'Bearer qk_wrong' },
    });
    expect([401, 403]).toContain(wrong.status);
  });

  it('summarises over REST: one task for a key, another body refused, usage as in the ledger', async () => {
    const request = { workflow: 'summarize', inputs: [{ name: 'note.md', text: note }] };
    const first = await submit(request, 'e2e-1');
    const again = await submit(request, 'e2e-1');
    const other = await submit({ ...request, params: { maxWords: 99 } }, 'e2e-1');

    expect([first.status, again.status, other.status]).toEqual([202, 202, 422]);
    expect(again.body.taskId).toBe(first.body.taskId);
    const task = await follow(first.body.taskId);
    expect(task).toMatchObject({ status: 'SUCCEEDED', coverage: { failed: 0 } });

    const usage = await artifact(task.taskId, 'usage.json');
    const sum = usage.attempts.reduce(
      (total: number, each: { costInMicroUsd: number }) => total + each.costInMicroUsd,
      0,
    );
    const today = new Date().toISOString().slice(0, 10);
    const { body: spent } = await get(`/v1/usage?from=${today}&to=${today}`);
    expect(spent.totals.costInMicroUsd).toBeGreaterThanOrEqual(sum);
    expect(sum).toBe(task.usage.costInMicroUsd);
  });

  it('names an execution by its task, and gives it the id and nothing else', async () => {
    const request = { workflow: 'summarize', inputs: [{ name: 'note.md', text: note }] };
    const { body } = await submit(request, 'e2e-2');
    await follow(body.taskId);

    const { stateMachines = [] } = await stack.stepFunctions.send(new ListStateMachinesCommand({}));
    const machine = stateMachines.find(({ name }) => /summarize/i.test(name ?? ''));
    const execution = await stack.stepFunctions.send(
      new DescribeExecutionCommand({
        executionArn: `${machine?.stateMachineArn?.replace(':stateMachine:', ':execution:')}:${body.taskId}`,
      }),
    );
    expect(JSON.parse(execution.input ?? '')).toEqual({ taskId: body.taskId });
    expect(execution.status).toBe('SUCCEEDED');
  });

  it('starts a task for a file that is put under inbox/', async () => {
    await stack.s3.send(
      new PutObjectCommand({
        Bucket: stack.output('BucketName'),
        Key: 'inbox/summarize/depots.md',
        Body: longMarkdown(2),
      }),
    );

    const task = await found(async () => {
      const { body } = await get('/v1/tasks');
      return body.tasks.find((each: { inputs: { name: string }[] }) =>
        each.inputs.some(({ name }) => name === 'depots.md'),
      );
    });
    expect(await follow(task.taskId)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('stops a task that is cancelled, and goes on with it when it is resumed', async () => {
    const request = {
      workflow: 'summarize',
      inputs: [{ name: 'long.md', text: longMarkdown(40) }],
      params: { chunkTokens: 500 },
    };
    const { body } = await submit(request, 'e2e-cancel');
    const cancelled = await stack.call('POST', `/v1/tasks/${body.taskId}/cancel`, {
      headers: auth,
    });
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED' });

    const resumed = await stack.call('POST', `/v1/tasks/${body.taskId}/resume`, { headers: auth });
    expect(resumed.status).toBe(202);
    expect(await follow(body.taskId)).toMatchObject({ status: 'SUCCEEDED', run: 2 });
    const report = await stack.fetch(`${stack.simulatorUrl}/__sim/report`);
    expect(report.body).toMatchObject({ promptsCompletedMoreThanOnce: 0, violations: [] });
  });

  async function artifact(taskId: string, name: string) {
    const answer = await get(`/v1/tasks/${taskId}/artifacts/${name}`);
    if (answer.status !== 302) return JSON.parse(Buffer.from(answer.bytes).toString('utf8'));
    const file = await stack.fetch(String(answer.headers['location']));
    return JSON.parse(Buffer.from(file.bytes).toString('utf8'));
  }
});

async function found<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const result = await look();
    if (result !== undefined) return result;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
