import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { problemOf, QuireError } from '#shared/domain/errors.ts';
import { type SimulatorOptions, startSimulator } from './server.ts';

const usage =
  'npm run simulator -- [--port N] [--latency-ms LOW-HIGH] [--faults FILE.json] [--profile strict|observed] [--thinking field|tags] [--thinking-tokens N] [--log]';

try {
  const simulator = await startSimulator(await readOptions(process.argv.slice(2)));
  const urls = {
    url: simulator.url,
    baseUrl: simulator.baseUrl,
    baseUrls: simulator.baseUrls,
    reportUrl: `${simulator.url}/__sim/report`,
  };
  process.stdout.write(`${JSON.stringify(urls)}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void simulator.close();
    });
  }
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 2;
}

async function readOptions(args: string[]): Promise<SimulatorOptions> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      'latency-ms': { type: 'string', default: '0-0' },
      faults: { type: 'string' },
      profile: { type: 'string', default: 'strict' },
      thinking: { type: 'string' },
      'thinking-tokens': { type: 'string', default: '0' },
      log: { type: 'boolean', default: false },
    },
  });
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(values.port);
  const latency = /^(\d+)-(\d+)$/.exec(values['latency-ms']);
  const thinking = z.enum(['field', 'tags']).optional().safeParse(values.thinking);
  const tokens = z.coerce.number().int().min(0).max(50_000).safeParse(values['thinking-tokens']);
  const profile = z.enum(['strict', 'observed']).safeParse(values.profile);
  if (
    !port.success ||
    latency === null ||
    !thinking.success ||
    !profile.success ||
    !tokens.success
  ) {
    throw new QuireError('invalid_request', `Expected: ${usage}`);
  }
  return {
    port: port.data,
    latencyInMs: { low: Number(latency[1]), high: Number(latency[2]) },
    profile: profile.data,
    thinkingTokens: tokens.data,
    ...(thinking.data && { thinking: thinking.data }),
    ...(values.log && { log: (line) => process.stderr.write(`${line}\n`) }),
    ...(values.faults === undefined ? {} : { faults: await readFaults(values.faults) }),
  };
}

/** A list of rules; the server checks them when it starts. */
async function readFaults(path: string): Promise<NonNullable<SimulatorOptions['faults']>> {
  return JSON.parse(await readFile(path, 'utf8')) as NonNullable<SimulatorOptions['faults']>;
}

function describe(error: unknown): string {
  const { code, message } = problemOf(error);
  if (code !== 'internal_error') return message;
  return `${error instanceof Error ? error.message : String(error)} Expected: ${usage}`;
}
