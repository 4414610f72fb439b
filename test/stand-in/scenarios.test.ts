import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusedWords } from '../../scripts/stand-in/simulator-options.ts';
import { scenarios } from '../scenarios/all.ts';
import { comparableRun } from '../support/scenarios/comparable-run.ts';
import type { Deployment } from '../support/scenarios/deployment.ts';
import { openLocalDeployment } from '../support/scenarios/local-deployment.ts';
import { registerScenarios } from '../support/scenarios/register.ts';
import { openStandInDeployment } from '../support/scenarios/stand-in-deployment.ts';
import { documentOf } from '../support/scenarios/tools.ts';

registerScenarios('stand-in', openStandInDeployment, scenarios);

describe('the same task in one process and on the deployed stack', () => {
  let local: Deployment;
  let standIn: Deployment;
  beforeAll(async () => {
    standIn = await openStandInDeployment();
    local = await openLocalDeployment();
  });
  afterAll(async () => {
    await local?.close();
    await standIn?.close();
  });

  it.each([
    { name: 'a short note', text: documentOf('Spandau', 1), status: 'SUCCEEDED' },
    { name: 'a document of several rounds', text: documentOf('Tegel', 30), status: 'SUCCEEDED' },
    {
      name: 'a document with a hole',
      text: `${documentOf('Wannsee', 3)}\n\n## 4 Hole\n\nHere ${refusedWords}.`,
      status: 'PARTIAL',
    },
    { name: 'a document that cannot be read', text: ' \n ', status: 'FAILED' },
  ])('goes through the same states to the same end: $name', async ({ text, status }) => {
    const request = {
      workflow: 'summarize',
      inputs: [{ name: 'compared.md', text }],
      params: { chunkTokens: 500, maxWords: 200 },
    };

    const here = await comparableRun(local, request);
    const there = await comparableRun(standIn, request);

    expect(here.task).toMatchObject({ status });
    expect(there).toEqual(here);
  });
});
