import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { type DeliveryRelay, startDeliveryRelay } from '../support/delivery-relay.ts';
import { longMarkdown } from '../support/long-document.ts';
import { type QuireServer, startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';

/** Of about so many calls. */
const sections = 68;

describe('a server that Runware announces answers to', () => {
  let dataDirectory = '';
  let simulator: Simulator;
  let relay: DeliveryRelay;
  let server: QuireServer;
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'quire-webhooks-'));
    simulator = await startSimulator();
    relay = await startDeliveryRelay();
    server = await startServer({
      dataDirectory,
      environment: {
        RUNWARE_API_KEY: 'rw-key',
        RUNWARE_BASE_URL: simulator.baseUrls.runware,
        RUNWARE_MAX_IN_FLIGHT: '8',
        RUNWARE_WEBHOOK_BASE_URL: relay.baseUrl,
      },
    });
  });
  afterEach(async () => {
    await server.stop();
    await simulator.close();
    await relay.close();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  const endedSteps = (step: string) =>
    server.log().filter((line) => line['event'] === 'step-ended' && line['step'] === step).length;
  /** Workers that wait for announcements and have no function. */
  async function allWait(workers: number): Promise<void> {
    while (endedSteps('await-answers') < workers) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('waits for sixty of them without running a step, and pays for each question once', async () => {
    const client = restClient(server.url);
    const request = {
      workflow: 'summarize',
      inputs: [{ name: 'depots.md', text: longMarkdown(sections) }],
      params: { chunkTokens: 500 },
    };
    const { body: accepted } = await client.post('/v1/tasks', request, 'webhooks');
    // More than fifty calls are two workers, which run once before they wait.
    await allWait(2);
    const announced = [...relay.received];
    const whileWaiting = endedSteps('run-calls');
    const { body: waiting } = await client.get(`/v1/tasks/${accepted.taskId}`);
    relay.forwardTo(server.url);
    await Promise.all(announced.map((delivery) => relay.send(server.url, delivery)));
    const [ended] = (await client.follow(accepted.taskId, isOver)).slice(-1);

    const calls = waiting.progress.callsPlanned;
    expect(calls).toBeGreaterThanOrEqual(60);
    expect(new Set(announced.map(({ path }) => path)).size).toBe(calls);
    expect(whileWaiting).toBe(2);
    expect(waiting).toMatchObject({
      status: 'RUNNING',
      progress: { callsEnded: 0 },
    });
    expect(ended).toMatchObject({ status: 'SUCCEEDED' });
    const { requests, completed, polls, ...report } = simulator.report();
    expect(report).toMatchObject({ violations: [], promptsCompletedMoreThanOnce: 0 });
    expect(completed).toBe(requests);
    // Each answer is fetched, once.
    expect(polls).toBe(requests);
    expect(completed).toBeGreaterThan(calls);
  }, 300_000);
});
