import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TaskId } from '#shared/domain/ids.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';
import { startSimulator } from '#shared/simulator/server.ts';
import { longMarkdown } from '../support/long-document.ts';
import { startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

/** Sections that make at least 60 calls. */
const sections = 70;

describe('a server that is killed in the middle of a task', () => {
  let dataDirectory = '';
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  let environment: Readonly<Record<string, string>> = {};

  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'quire-restart-'));
    simulator = await startSimulator({ latencyInMs: { low: 150, high: 400 } });
    environment = {
      EMPIRIOLABS_API_KEY: 'sk-test',
      EMPIRIOLABS_BASE_URL: simulator.baseUrl,
      EMPIRIOLABS_REQUESTS_PER_MINUTE: '6000',
      EMPIRIOLABS_MAX_IN_FLIGHT: '8',
    };
  });
  afterEach(async () => {
    await simulator.close();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('carries the task on after a new start and asks no committed call again (I7)', async () => {
    const first = await startServer({ dataDirectory, environment });
    const before = restClient(first.url);
    const request = {
      workflow: 'summarize',
      inputs: [{ name: 'depots.md', text: longMarkdown(sections) }],
      params: { chunkTokens: 500 },
    };
    const { body: accepted } = await before.post('/v1/tasks', request, 'restart');
    const seen = await before.follow(accepted.taskId, (body) => progressOf(body).callsEnded >= 15);
    const plannedCalls = progressOf(seen.at(-1) ?? {}).callsPlanned;
    await first.kill();

    const committed = await committedCalls(dataDirectory, accepted.taskId);
    const askedBefore = notesAsked(simulator.report());
    const second = await startServer({ dataDirectory, environment });
    const [ended] = (await restClient(second.url).follow(accepted.taskId, isOver)).slice(-1);
    const askedAfter = notesAsked(simulator.report()) - askedBefore;
    await second.stop();

    expect(ended).toMatchObject({ status: 'SUCCEEDED' });
    expect(plannedCalls).toBeGreaterThanOrEqual(60);
    expect(committed).toBeGreaterThanOrEqual(15);
    expect(committed).toBeLessThan(plannedCalls);
    expect(askedAfter).toBe(plannedCalls - committed);
  });

  it('carries the tasks of an instruction on with it, the same tasks, and asks no committed call again (I7)', async () => {
    const first = await startServer({ dataDirectory, environment });
    const tasks = [
      { id: 'sum', workflow: 'summarize', inputs: ['d1'], params: { chunkTokens: 500 }, why: '.' },
      { id: 'again', workflow: 'summarize', inputs: ['sum/summary.md'], why: '.' },
    ];
    const request = {
      workflow: 'auto',
      inputs: [{ name: 'depots.md', text: longMarkdown(30) }],
      params: { instruction: 'Summarise twice', plan: { tasks } },
    };
    const before = restClient(first.url);
    const { body: accepted } = await before.post('/v1/tasks', request, 'restart');
    const seen = await before.follow(accepted.taskId, (body) => progressOf(body).callsEnded >= 5);
    const [child] = childrenOf(seen.at(-1));
    await first.kill();
    const committed = await committedCalls(dataDirectory, child?.taskId ?? '');
    const askedBefore = notesAsked(simulator.report());

    const second = await startServer({ dataDirectory, environment });
    const [ended] = (await restClient(second.url).follow(accepted.taskId, isOver)).slice(-1);
    const askedAfter = notesAsked(simulator.report()) - askedBefore;
    const { body: whole } = await restClient(second.url).get(`/v1/tasks/${child?.taskId}`);
    await second.stop();

    expect(ended).toMatchObject({ status: 'SUCCEEDED' });
    expect(childrenOf(ended).map(({ childId }) => childId)).toEqual(['sum', 'again']);
    expect(childrenOf(ended)[0]?.taskId).toBe(child?.taskId);
    expect(whole).toMatchObject({ status: 'SUCCEEDED' });
    expect(committed).toBeGreaterThanOrEqual(5);
    // The rest of the first summary, and the notes on it for the second.
    const notes = progressOf(seen.at(-1) ?? {}).callsPlanned;
    expect(askedAfter).toBeGreaterThanOrEqual(notes - committed);
    expect(askedAfter).toBeLessThanOrEqual(notes - committed + 4);
  });
});

function progressOf(body: object): { callsEnded: number; callsPlanned: number } {
  const none = { callsEnded: 0, callsPlanned: 0 };
  return 'progress' in body ? (body.progress as typeof none) : none;
}

function childrenOf(body: object | undefined): { childId: string; taskId: string }[] {
  return body !== undefined && 'children' in body ? (body.children as never) : [];
}

function notesAsked(report: { byPrompt: Record<string, { requests: number } | number> }): number {
  return Object.entries(report.byPrompt)
    .filter(([prompt]) => prompt.startsWith('summarize.notes'))
    .reduce((sum, [, count]) => sum + (typeof count === 'number' ? count : count.requests), 0);
}

/** Looks into the folder that the dead process left behind. */
async function committedCalls(dataDirectory: string, taskId: string): Promise<number> {
  const state = await openLocalState(join(dataDirectory, 'state'));
  try {
    const records = await state.calls.list(TaskId.parse(taskId), 'notes', 0);
    return records.filter((record) => record.state === 'committed').length;
  } finally {
    await state.close();
  }
}
