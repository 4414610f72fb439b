import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { summarize } from '#shared/workflows/summarize/workflow.ts';
import { longMarkdown } from '../support/long-document.ts';
import { openObservedRun } from '../support/observed-run.ts';

let directory = '';
let simulator: Simulator;
const open = (workflow: Workflow) =>
  openObservedRun(
    directory,
    { EMPIRIOLABS_API_KEY: 'sk-test', EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs },
    (id) => (id === workflow.id ? workflow : undefined),
  );

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-changed-'));
});
afterEach(async () => {
  await simulator.close();
  await rm(directory, { recursive: true, force: true });
});

it('resumes a task after its workflow has changed, and pays for no answer twice (I7)', async () => {
  simulator = await startSimulator({
    faults: [{ when: { nth: 3 }, fault: 'refusal' }],
  });
  const before = await open(summarize);
  const first = await before.run({
    workflow: 'summarize',
    inputs: [{ name: 'depots.md', text: longMarkdown(12) }],
    params: { chunkTokens: 500 },
  });
  await before.close();
  const [taskId] = before.taskIds;
  if (taskId === undefined) throw new Error('Expected a task.');

  const stagesRun: string[] = [];
  const changed: Workflow = {
    ...summarize,
    version: summarize.version + 1,
    stages: [
      ...summarize.stages,
      {
        kind: 'code',
        name: 'added-later',
        title: 'A stage that the first version did not have',
        run: () => stagesRun.push('added-later'),
      },
    ],
  };
  const after = await open(changed);
  const second = await after.resume(taskId);
  await after.close();

  expect([first, second]).toEqual(['PARTIAL', 'SUCCEEDED']);
  expect(stagesRun).toEqual(['added-later']);
  expect(simulator.report().promptsCompletedMoreThanOnce).toBe(0);
});
