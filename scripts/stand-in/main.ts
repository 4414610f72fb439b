import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '#shared/simulator/server.ts';
import { deployStack } from './deploy.ts';
import { startMiniStack } from './ministack.ts';

// `npm run e2e`: deploys the stack to an AWS stand-in on this machine and drives it from outside.

const folder = fileURLToPath(new URL('../../.stand-in/', import.meta.url));
const jest = fileURLToPath(new URL('../run-jest.mjs', import.meta.url));

await mkdir(folder, { recursive: true });
const say = (text: string) => process.stderr.write(`${text}\n`);

say('starting the stand-in (installed from PyPI the first time) …');
const standIn = await startMiniStack(folder);
const simulator = await startSimulator();
try {
  say(`deploying to ${standIn.endpoint} …`);
  const outputs = await deployStack(standIn.environment, {
    folder,
    settings: {
      providerVariables: JSON.stringify({
        EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
        EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
      }),
    },
  });
  const target = { outputs, endpoint: standIn.endpoint, simulatorUrl: simulator.url };
  await writeFile(join(folder, 'target.json'), JSON.stringify(target));
  say('running the scenarios …');
  process.exitCode = await runScenarios(join(folder, 'target.json'));
} finally {
  await simulator.close();
  await standIn.stop();
}

/** In a process of its own: the simulator answers from this one. */
async function runScenarios(target: string): Promise<number> {
  const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
    env: { ...process.env, QUIRE_STAND_IN: target },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  return code ?? 1;
}
