import { expect } from '@jest/globals';
import { documentOf, runName, type Scenario, type TaskBody } from '../support/scenarios/tools.ts';
import { until } from '../support/scenarios/until.ts';
import { isSigned, openWebhookReceiver } from '../support/scenarios/webhook-receiver.ts';

/** What the outside is asked and told. */
export const outwardScenarios: readonly Scenario[] = [
  {
    name: 'an approval round trip',
    async run({ accept, followUntil, follow, post, deployment }) {
      const inputs = [{ name: 'plan.md', text: documentOf('Westend') }];
      const before = await deployment.simulatorReport();
      const taskId = await accept({ inputs, options: { approval: 'plan' } });
      const waiting = await followUntil(taskId, ({ approval }) => approval !== undefined);
      const asked = await deployment.simulatorReport();

      const approved = await post(`/v1/tasks/${taskId}/approval`, { decision: 'approve' });
      const task = await follow(taskId);
      const again = await post(`/v1/tasks/${taskId}/approval`, { decision: 'approve' });

      expect(waiting.status).toBe('RUNNING');
      expect(asked.requests).toBe(before.requests);
      expect(approved.status).toBeLessThan(300);
      expect(task).toMatchObject({ status: 'SUCCEEDED' });
      expect(again.status).toBe(409);
    },
  },
  {
    name: 'a signed completion webhook',
    async run({ accept, follow, deployment }) {
      const receiver = await openWebhookReceiver();
      try {
        const inputs = [{ name: 'note.md', text: documentOf('Xanten') }];
        const taskId = await accept({ inputs, options: { callbackUrl: receiver.url } });
        await follow(taskId);

        const notice = await until(async () => receiver.notices[0]);

        expect(JSON.parse(notice.text)).toMatchObject({ data: { taskId } });
        expect(notice.text).not.toContain('Xanten');
        expect(isSigned(notice, await deployment.webhookSecret())).toBe(true);
        expect(
          isSigned({ ...notice, text: `${notice.text} ` }, await deployment.webhookSecret()),
        ).toBe(false);
      } finally {
        await receiver.close();
      }
    },
  },
  {
    name: "another tenant's key",
    async run({ accept, follow, deployment }) {
      const { key } = await createKey(deployment.cli, `tenant-b-${runName}`);
      const taskId = await accept({ inputs: [{ name: 'note.md', text: documentOf('Yorck') }] });
      await follow(taskId);
      const ask = (path: string) => deployment.call('GET', path, { key });

      const task = await ask(`/v1/tasks/${taskId}`);
      const artifact = await ask(`/v1/tasks/${taskId}/artifacts/summary.docx`);
      const cancel = await deployment.call('POST', `/v1/tasks/${taskId}/cancel`, { key });
      const list = await ask('/v1/tasks');
      const usage = await ask('/v1/usage');

      expect([task.status, artifact.status, cancel.status]).toEqual([404, 404, 404]);
      expect(list.body.tasks).toEqual([]);
      expect(usage.body.totals).toMatchObject({ costInMicroUsd: 0 });
    },
  },
  {
    name: 'a revoked key',
    async run({ deployment }) {
      const { key, keyId } = await createKey(deployment.cli, `tenant-c-${runName}`);
      const revoked = await deployment.cli(['keys', 'revoke', keyId]);

      // Not asked with before: an answer for a key is kept for a while.
      const answer = await deployment.call('GET', '/v1/tasks', { key });

      expect(revoked).toMatchObject({ code: 0 });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    },
  },
  {
    name: 'events of a task',
    async run({ accept, follow, deployment }) {
      const taskId = await accept({
        inputs: [{ name: 'note.md', text: documentOf('Zehlendorf') }],
      });
      await follow(taskId);
      const ofTask = async () =>
        (await deployment.events()).filter(({ detail }) => detail['taskId'] === taskId);
      await until(async () =>
        (await ofTask()).find((event) => event['detail-type'] === 'Task Succeeded'),
      );

      const events = await ofTask();

      const kinds = events.map((event) => event['detail-type']);
      expect(kinds).toEqual(expect.arrayContaining(['Task Accepted', 'Task Succeeded']));
      expect(JSON.stringify(events)).not.toContain('Zehlendorf');
    },
  },
  {
    name: 'a custom event starts a task',
    async run({ get, follow, deployment }) {
      const inputs = [{ name: `by-event-${runName}.md`, text: documentOf('Altglienicke') }];
      const detail = { workflow: 'summarize', inputs };
      await deployment.publish({ source: 'scenario', detailType: 'Quire Task', detail });

      const found: TaskBody = await until(async () => {
        const { body } = await get('/v1/tasks?limit=100');
        return body.tasks.find(
          (task: TaskBody) => task.inputs[0]?.name === `by-event-${runName}.md`,
        );
      });

      expect(await follow(found.taskId)).toMatchObject({ status: 'SUCCEEDED' });
    },
  },
  {
    name: 'a webhook of Runware',
    async run({ deployment }) {
      const forged = await deployment.call('POST', `/v1/callbacks/runware/${'0'.repeat(43)}`, {
        key: null,
        body: { data: [] },
      });

      // A forger learns nothing: no key is asked for, and no token is told from another.
      expect([202, 204, 404]).toContain(forged.status);
    },
  },
];

async function createKey(
  cli: (commandLine: readonly string[]) => Promise<{ code: number | null; stdout: string }>,
  tenant: string,
): Promise<{ key: string; keyId: string }> {
  const { code, stdout } = await cli(['keys', 'create', '--tenant', tenant]);
  if (code !== 0) throw new Error(`Expected quire keys create to end with 0, got ${code}.`);
  return JSON.parse(stdout);
}
