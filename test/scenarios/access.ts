import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenarios/tools.ts';

/** Who may come in. */
export const accessScenarios: readonly Scenario[] = [
  {
    name: 'health is open, everything else asks for a key',
    async run({ deployment }) {
      const ask = (path: string, key: string | null) => deployment.call('GET', path, { key });

      const health = await ask('/v1/health', null);
      const none = await ask('/v1/tasks', null);
      const short = await ask('/v1/tasks', 'qk_wrong');
      const wrong = await ask('/v1/tasks', `qk_${'w'.repeat(deployment.adminKey.length - 3)}`);
      const right = await ask('/v1/tasks', deployment.adminKey);

      expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
      for (const refused of [none, short, wrong]) {
        expect(refused).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      }
      expect(right.status).toBe(200);
    },
  },
];
