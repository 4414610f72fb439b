import { expect } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { scenarioEventSource } from '../../scripts/stand-in/simulator-options.ts';
import { documentOf, runName, type Scenario, type TaskBody } from '../support/scenarios/tools.ts';
import { until } from '../support/scenarios/until.ts';
import { startWebhookReceiver } from '../support/webhooks.ts';

const isWaiting = ({ approval }: TaskBody) => approval?.state === 'open';

/** What the outside is asked and told. */
export const outwardScenarios: readonly Scenario[] = [
  {
    name: 'an approval round trip',
    async run({ accept, followUntil, follow, post, deployment }) {
      const inputs = [{ name: 'plan.md', text: documentOf('Westend') }];
      const before = await deployment.simulatorReport();
      const taskId = await accept({ inputs, options: { approval: 'plan' } });
      const waiting = await followUntil(taskId, isWaiting);
      const asked = await deployment.simulatorReport();

      const approved = await post(`/v1/tasks/${taskId}/approval`, { decision: 'approve' });
      const task = await follow(taskId);
      const late = await post(`/v1/tasks/${taskId}/approval`, { decision: 'reject' });

      expect(waiting).toMatchObject({
        status: 'RUNNING',
        approval: { what: 'plan', plan: { calls: expect.any(Number) } },
      });
      expect(waiting.approval.plan.calls).toBeGreaterThan(0);
      expect(asked.requests).toBe(before.requests);
      expect(approved.status).toBe(200);
      expect(task).toMatchObject({ status: 'SUCCEEDED', approval: { state: 'approved' } });
      expect(late).toMatchObject({ status: 409, body: { code: 'approval_not_open' } });
    },
  },
  {
    name: 'a rejected plan ends its task',
    async run({ accept, followUntil, follow, post, deployment }) {
      const inputs = [{ name: 'plan.md', text: documentOf('Wedding') }];
      const before = await deployment.simulatorReport();
      const taskId = await accept({ inputs, options: { approval: 'plan' } });
      await followUntil(taskId, isWaiting);

      await post(`/v1/tasks/${taskId}/approval`, { decision: 'reject', comment: 'too dear' });
      const task = await follow(taskId);
      const after = await deployment.simulatorReport();

      expect(task).toMatchObject({
        status: 'CANCELLED',
        approval: { state: 'rejected', comment: 'too dear' },
      });
      expect(after.requests).toBe(before.requests);
    },
  },
  {
    name: 'a signed completion webhook',
    async run({ accept, follow, get }) {
      const receiver = await startWebhookReceiver(204);
      try {
        const inputs = [{ name: 'note.md', text: documentOf('Xanten') }];
        const taskId = await accept({ inputs, options: { callbackUrl: receiver.url } });
        await follow(taskId);

        const [delivery] = await receiver.received(1);
        const { body: secrets } = await get('/v1/callbacks/secret');

        const { body = '', headers = {} } = delivery ?? {};
        const verify = (text: string) =>
          new Webhook(secrets.secret).verify(text, headers as Record<string, string>);
        expect(verify(body)).toMatchObject({
          type: 'task.succeeded',
          data: { taskId, status: 'SUCCEEDED', workflow: 'summarize' },
        });
        expect(() => verify(`${body} `)).toThrow();
        expect(body).not.toContain('Xanten');
      } finally {
        await receiver.close();
      }
    },
  },
  {
    name: 'events of a task',
    async run({ accept, follow, deployment }) {
      const text = documentOf('Zehlendorf');
      const taskId = await accept({ inputs: [{ name: 'note.md', text }] });
      await follow(taskId);
      const ofTask = async () =>
        (await deployment.events()).filter(({ detail }) => detail['taskId'] === taskId);
      await until(async () =>
        (await ofTask()).find((event) => event['detail-type'] === 'Task Succeeded'),
      );

      const events = await ofTask();

      const kinds = new Set(events.map((event) => event['detail-type']));
      expect([...kinds].sort()).toEqual([
        'Task Accepted',
        'Task Stage Completed',
        'Task Succeeded',
      ]);
      expect(JSON.stringify(events)).not.toContain('Zehlendorf');
    },
  },
  {
    name: 'a custom event starts a task',
    async run({ get, follow, deployment }) {
      const name = `by-event-${runName}.md`;
      const inputs = [{ name, text: documentOf('Altglienicke') }];
      const detail = { workflow: 'summarize', inputs };
      await deployment.publish({ source: scenarioEventSource, detailType: 'Quire Task', detail });

      const found: TaskBody = await until(async () => {
        const { body } = await get('/v1/tasks?limit=100');
        return body.tasks.find((task: TaskBody) => task.inputs[0]?.name === name);
      });

      expect(await follow(found.taskId)).toMatchObject({ status: 'SUCCEEDED' });
    },
  },
  {
    name: 'a webhook of Runware',
    async run({ accept, follow, json, deployment }) {
      const before = await deployment.simulatorReport();
      const inputs = [{ name: 'note.md', text: documentOf('Britz') }];
      const taskId = await accept({ inputs, options: { providers: ['runware'] } });

      const task = await follow(taskId);
      const { attempts } = await json(taskId, 'usage.json');
      const after = await deployment.simulatorReport();

      expect(task).toMatchObject({ status: 'SUCCEEDED' });
      expect(new Set(attempts.map(({ provider }: TaskBody) => provider))).toEqual(
        new Set(['runware']),
      );
      const announced = after.webhooks.taken - before.webhooks.taken;
      expect(announced).toBeGreaterThan(0);
      expect(after.promptsCompletedMoreThanOnce).toBe(before.promptsCompletedMoreThanOnce);
    },
  },
];
