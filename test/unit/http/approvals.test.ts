import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';

describe('POST /v1/tasks/{id}/approval', () => {
  let directory = '';
  let runtime: LocalRuntime;
  let api: Hono;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-approval-http-'));
    const environment = { QUIRE_MONTH_BUDGET_USD: '4' };
    runtime = await startLocalRuntime({ dataDirectory: directory, environment });
    const options = { dataDirectory: directory, publicUrl: () => 'http://localhost' };
    api = await createLocalApi(runtime, { ...options, apiKey: undefined });
  });
  afterAll(async () => {
    await runtime.close();
    await rm(directory, { recursive: true, force: true });
  });

  const send = async (method: string, path: string, body?: unknown) => {
    const response = await api.request(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const get = async (taskId: string) => (await send('GET', `/v1/tasks/${taskId}`)).body;
  const decide = (taskId: string, body: unknown) =>
    send('POST', `/v1/tasks/${taskId}/approval`, body);
  const follow = async (taskId: string, isReached: (body: TaskBody) => boolean) => {
    for (;;) {
      const body: TaskBody = await get(taskId);
      if (isReached(body)) return body;
      await runtime.clock.sleep(50);
    }
  };
  const asked = async (approval: string, options: object = {}) => {
    const inputs = [{ name: 'a.md', text: 'Revenue rose to 4.2 million.' }];
    const { body } = await send('POST', '/v1/tasks', {
      workflow: 'summarize',
      inputs,
      options: { approval, budgetUsd: 0.5, ...options },
    });
    return await follow(body.taskId, (task) => task.approval?.state === 'open');
  };
  const ended = (taskId: string) => follow(taskId, ({ endedAt }) => endedAt !== undefined);

  it('lets the first decision win; the same one again changes nothing, another one is refused', async () => {
    const { taskId } = await asked('plan');
    const approval = { decision: 'approve', comment: 'fine' };

    const answers = await Promise.all(Array.from({ length: 8 }, () => decide(taskId, approval)));
    const other = await decide(taskId, { decision: 'reject' });
    const task = await ended(taskId);
    const afterwards = await decide(taskId, approval);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(other).toMatchObject({ status: 409, body: { code: 'approval_not_open' } });
    expect(afterwards.status).toBe(200);
    expect(task).toMatchObject({
      status: 'SUCCEEDED',
      approval: { state: 'approved', comment: 'fine' },
    });
    expect(task.timeline.filter(({ event }) => event.startsWith('Approved'))).toHaveLength(1);
  });

  it('has nothing to decide where nobody was asked', async () => {
    const { body } = await send('POST', '/v1/tasks', {
      workflow: 'summarize',
      inputs: [{ name: 'a.md', text: 'A sentence.' }],
      options: { budgetUsd: 0.1 },
    });

    const answer = await decide(body.taskId, { decision: 'approve' });

    expect(answer).toMatchObject({ status: 409, body: { code: 'approval_not_open' } });
    expect((await ended(body.taskId)).status).toBe('SUCCEEDED');
  });

  it.each([
    { name: 'no decision', body: {} },
    { name: 'an unknown edit', body: { decision: 'approve', edits: { deadline: 1 } } },
    { name: 'edits with a rejection', body: { decision: 'reject', edits: { budgetUsd: 1 } } },
    {
      name: 'edits of a draft',
      approval: 'final',
      body: { decision: 'approve', edits: { budgetUsd: 1 } },
    },
    {
      name: 'parameters that the workflow does not take',
      body: { decision: 'approve', edits: { params: { words: 1 } } },
      status: 422,
    },
    {
      name: 'a budget beyond the month',
      body: { decision: 'approve', edits: { budgetUsd: 9 } },
      status: 402,
    },
  ])(
    'refuses $name, and the approval stays open',
    async ({ body, approval = 'plan', status = 400 }) => {
      const { taskId } = await asked(approval);

      const answer = await decide(taskId, body);

      expect(answer.status).toBe(status);
      expect((await get(taskId)).approval.state).toBe('open');
      expect((await decide(taskId, { decision: 'reject' })).status).toBe(200);
      expect((await ended(taskId)).status).toBe('CANCELLED');
    },
  );

  it('shows and hands out the draft before the end, and nothing of it after a rejection', async () => {
    const { taskId, artifacts } = await asked('final');
    const [draft] = artifacts;

    const open = await api.request(draft?.href ?? '');
    await decide(taskId, { decision: 'reject', comment: 'wrong tone' });
    const task = await ended(taskId);

    expect(draft).toMatchObject({ name: 'summary.docx', draft: true });
    expect((await open.arrayBuffer()).byteLength).toBe(draft?.sizeInBytes);
    expect(task).toMatchObject({ status: 'CANCELLED', artifacts: [] });
    expect((await api.request(draft?.href ?? '')).status).toBe(404);
  });

  it('is for the own tasks only, and for those that are there', async () => {
    const answer = await decide(`tsk_${'z'.repeat(26)}`, { decision: 'approve' });

    expect(answer).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
  });
});

interface TaskBody {
  readonly taskId: string;
  readonly status: string;
  readonly endedAt?: string;
  readonly approval?: { readonly state: string };
  readonly timeline: readonly { readonly event: string }[];
  readonly artifacts: readonly { readonly href: string; readonly sizeInBytes: number }[];
}
