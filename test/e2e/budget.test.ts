import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { longMarkdown } from '../support/long-document.ts';
import { type QuireServer, startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

const request = {
  workflow: 'summarize',
  inputs: [{ name: 'depots.md', text: longMarkdown(40) }],
  params: { chunkTokens: 500 },
};

describe('money', () => {
  let dataDirectory = '';
  let simulator: Simulator;
  let server: QuireServer;
  const start = async (environment: Record<string, string> = {}) => {
    server = await startServer({
      dataDirectory,
      environment: {
        EMPIRIOLABS_API_KEY: 'sk-test',
        EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
        EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
        EMPIRIOLABS_MAX_IN_FLIGHT: '4',
        ...environment,
      },
    });
    return restClient(server.url);
  };

  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'quire-budget-'));
    simulator = await startSimulator();
  });
  afterEach(async () => {
    await server.stop();
    await simulator.close();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('that runs out ends a task PARTIAL with what it has; resumed with more, it pays only for the rest (I4, I7)', async () => {
    const api = await start();
    const { body: accepted } = await api.post('/v1/tasks', {
      ...request,
      options: { budgetUsd: 0.011 },
    });
    const [partial] = (await api.follow(accepted.taskId, isOver)).slice(-1);
    const paidBefore = simulator.report().completed;

    expect(partial).toMatchObject({
      status: 'PARTIAL',
      reasons: [{ code: 'budget_exceeded' }],
      budget: { limitUsd: 0.011, reservedUsd: 0 },
    });
    expect(spentOf(partial)).toBeLessThanOrEqual(0.011);
    expect(paidBefore).toBeGreaterThan(5);

    const resumed = await api.post(`/v1/tasks/${accepted.taskId}/resume`, { budgetUsd: 1 });
    const [whole] = (await api.follow(accepted.taskId, isOver)).slice(-1);
    const again = await api.post(`/v1/tasks/${accepted.taskId}/resume`, { budgetUsd: 2 });

    expect(resumed.status).toBe(202);
    expect(whole).toMatchObject({ status: 'SUCCEEDED', run: 2, coverage: { failed: 0 } });
    expect(again).toMatchObject({ status: 409, body: { code: 'task_not_resumable' } });
    expect(simulator.report()).toMatchObject({ promptsCompletedMoreThanOnce: 0, violations: [] });
    const notes = Object.entries(simulator.report().byPrompt).find(([name]) =>
      name.startsWith('summarize.notes'),
    )?.[1];
    expect(notes?.completed).toBe(notes?.requests);
  });

  it('of a month is not promised twice: a task is refused when the others have it, and can be had when they end', async () => {
    const api = await start({ QUIRE_MONTH_BUDGET_USD: '1.5' });
    const options = { budgetUsd: 1 };

    const first = await api.post('/v1/tasks', { ...request, options }, 'first');
    const second = await api.post('/v1/tasks', { ...request, options }, 'second');
    await api.follow(first.body.taskId, isOver);
    const third = await api.post('/v1/tasks', { ...request, options }, 'third');

    expect(first.status).toBe(202);
    expect(second).toMatchObject({ status: 402, body: { code: 'budget_exceeded' } });
    expect(third.status).toBe(202);
    await api.follow(third.body.taskId, isOver);
  });
});

function spentOf(task: object | undefined): number {
  return (task as { budget: { spentUsd: number } } | undefined)?.budget.spentUsd ?? 0;
}
