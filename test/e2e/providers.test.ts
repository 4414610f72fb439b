import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { makeExampleDocuments } from '../../examples/make-documents.ts';
import { keysFor } from '../support/provider-run.ts';
import { quire } from '../support/quire-process.ts';

/** Rates of an account that nobody has to wait for. */
const highRates = {
  CLOUDFLARE_REQUESTS_PER_MINUTE: '60000',
  EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
};

describe('quire run', () => {
  let directory = '';
  let simulator: Simulator;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-providers-'));
    await makeExampleDocuments(join(directory, 'documents'));
    simulator = await startSimulator();
  });
  afterAll(async () => {
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    { providers: 'cloudflare', more: {} },
    { providers: 'cloudflare', more: { CLOUDFLARE_ROUTE: 'run', CLOUDFLARE_GATEWAY_ID: 'office' } },
    { providers: 'runware', more: {} },
    { providers: 'runware-highspeed', more: { RUNWARE_ROUTE: 'sync' } },
    { providers: 'empiriolabs', more: {} },
    { providers: 'cloudsway', more: {} },
    { providers: 'cloudsway', more: { CLOUDSWAY_ENDPOINT_PATH: 'endpoint1' } },
  ])('summarises a report by $providers $more', async ({ providers, more }) => {
    const environment = {
      ...(keysFor(simulator) as Record<string, string>),
      ...highRates,
      ...more,
      QUIRE_PROVIDERS: providers,
    };
    const out = join(directory, `out-${providers}`);
    const report = join(directory, 'documents', 'annual-report.docx');

    const result = await quire(['run', 'summarize', report, '--out', out, '--json'], environment);

    expect(result.stderr).not.toMatch(/error/i);
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await readdir(out)).toContain('summary.docx');
    expect(simulator.report()).toMatchObject({ violations: [] });
    const { completed } = simulator.report().byProvider[providers as 'cloudflare'];
    expect(completed).toBeGreaterThan(5);
  });
});
