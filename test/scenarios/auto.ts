import { expect } from '@jest/globals';
import { documentOf, type Scenario } from '../support/scenarios/tools.ts';

/** Instructions, which become tasks of their own. */
export const autoScenarios: readonly Scenario[] = [
  {
    name: 'an instruction becomes tasks',
    async run({ accept, follow, get, json, artifact }) {
      const taskId = await accept({
        workflow: 'auto',
        inputs: [{ name: 'memo.md', text: documentOf('Treptow') }],
        params: { instruction: 'Summarise the memo and translate the summary into German' },
      });
      const task = await follow(taskId);
      const { tasks } = await json(taskId, 'result.json');
      const file = await artifact(taskId, 'translate-summary.de.docx');

      expect(task).toMatchObject({
        status: 'SUCCEEDED',
        children: [
          { childId: 'summary', status: 'SUCCEEDED' },
          { childId: 'translate', status: 'SUCCEEDED' },
        ],
      });
      expect(tasks).toMatchObject([{ inputs: ['d1'] }, { inputs: ['summary/summary.docx'] }]);
      expect(new TextDecoder().decode(file.subarray(0, 2))).toBe('PK');
      const child = (await get(task.children[0].href)).body;
      expect(child.parent).toEqual({ taskId, childId: 'summary' });
      expect(task.usage.attempts).toBeGreaterThan(child.usage.attempts);
    },
  },
  {
    name: 'an instruction that no workflow serves is refused',
    async run({ accept, follow, deployment }) {
      const task = await follow(
        await accept({
          workflow: 'auto',
          inputs: [{ name: 'memo.md', text: documentOf('Wedding') }],
          params: { instruction: 'Book a flight to Lisbon' },
        }),
      );

      // The stand-in gives every error of a function one name.
      const code = deployment.kind === 'local' ? 'instruction_not_served' : expect.any(String);
      expect(task).toMatchObject({ status: 'FAILED', error: { code } });
      expect(task.children ?? []).toEqual([]);
    },
  },
  {
    name: 'a cancelled instruction ends its tasks',
    async run({ accept, followUntil, get, post }) {
      const tasks = ['first', 'second'].map((id, index) => ({
        id,
        workflow: 'summarize',
        inputs: ['d1'],
        params: { chunkTokens: 400 + index * 100 },
        why: 'To be cancelled.',
      }));
      const taskId = await accept({
        workflow: 'auto',
        inputs: [{ name: 'long.md', text: documentOf('Zehlendorf', 40) }],
        params: { instruction: 'Summarise it twice', plan: { tasks } },
      });
      await followUntil(taskId, ({ budget }) => budget.spentUsd > 0);

      const cancelled = await post(`/v1/tasks/${taskId}/cancel`);
      expect(cancelled).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
      const children = await Promise.all(
        cancelled.body.children.map(({ href }: { href: string }) => get(href)),
      );

      expect(children.map(({ body }) => body.status)).toEqual(['CANCELLED', 'CANCELLED']);
    },
  },
];
