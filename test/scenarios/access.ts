import { expect } from '@jest/globals';
import { createKey, documentOf, runName, type Scenario } from '../support/scenarios/tools.ts';

/** Who may come in, and what is seen there. */
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
  {
    name: "another tenant's key",
    async run({ accept, follow, get, deployment }) {
      const { key } = await createKey(deployment, `other-${runName}`);
      const taskId = await accept({ inputs: [{ name: 'note.md', text: documentOf('Yorck') }] });
      await follow(taskId);
      const paths = [
        ['GET', ''],
        ['GET', '/artifacts/summary.docx'],
        ['POST', '/cancel'],
        ['POST', '/resume'],
        ['POST', '/approval'],
        ['POST', '/callback/replay'],
      ] as const;

      const answers = await Promise.all(
        paths.map(([method, path]) => {
          const body = path === '/approval' ? { body: { decision: 'approve' } } : {};
          return deployment.call(method, `/v1/tasks/${taskId}${path}`, { key, ...body });
        }),
      );
      const list = await deployment.call('GET', '/v1/tasks', { key });
      const usage = await deployment.call('GET', '/v1/usage', { key });

      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
      }
      expect(list).toMatchObject({ status: 200, body: { tasks: [] } });
      expect(usage).toMatchObject({ status: 200, body: { totals: { costInMicroUsd: 0 } } });
      expect((await get(`/v1/tasks/${taskId}`)).body).toMatchObject({ status: 'SUCCEEDED' });
    },
  },
  {
    name: 'a revoked key',
    async run({ deployment }) {
      const tenant = `revoked-${runName}`;
      const { key, keyId } = await createKey(deployment, tenant);
      const before = await deployment.call('GET', '/v1/tasks', { key });
      const revoked = await deployment.cli(['keys', 'revoke', keyId, '--tenant', tenant]);

      const after = await deployment.call('GET', '/v1/tasks', { key });

      expect(before.status).toBe(200);
      expect(revoked).toMatchObject({ code: 0 });
      expect(after).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    },
  },
];
