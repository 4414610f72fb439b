import { expect } from '@jest/globals';
import {
  createKey,
  createScenarioTools,
  documentOf,
  runName,
  type Scenario,
  withKey,
} from '../support/scenarios/tools.ts';
import { until } from '../support/scenarios/until.ts';

const canary = 'Zaunkönigin-47-Quartz';

/** What is written down of a task, and what is not. */
export const recordScenarios: readonly Scenario[] = [
  {
    name: 'usage equals the ledger',
    async run({ deployment }) {
      // A tenant of its own: a task of another scenario may still be booked while this one runs.
      const { key } = await createKey(deployment, `ledger-${runName}`);
      const { accept, follow, json, get } = createScenarioTools(withKey(deployment, key));
      const taskId = await accept({ inputs: [{ name: 'note.md', text: documentOf('Erkner', 3) }] });
      const task = await follow(taskId);
      const { attempts } = await json(taskId, 'usage.json');

      const today = new Date().toISOString().slice(0, 10);
      // A task is booked behind its end.
      const totals = await until(async () => {
        const { body } = await get(`/v1/usage?from=${today}`);
        return body.totals.attempts > 0 ? body.totals : undefined;
      });

      const sum = attempts.reduce(
        (total: number, { costInMicroUsd }: { costInMicroUsd: number }) => total + costInMicroUsd,
        0,
      );
      expect(sum).toBeGreaterThan(0);
      expect(task.usage.costInMicroUsd).toBe(sum);
      expect(totals).toMatchObject({ costInMicroUsd: sum, attempts: attempts.length });
    },
  },
  {
    name: 'an execution is named by its task and knows its id only',
    async run({ accept, follow, deployment }) {
      const taskId = await accept({ inputs: [{ name: 'note.md', text: documentOf('Frohnau') }] });
      await follow(taskId);

      const history = await deployment.history(taskId);

      expect(history.input).toEqual({ taskId });
      expect(history.states[0]?.name).toBe('OpenTask');
    },
  },
  {
    name: 'logs and states are free of content and keys',
    async run({ accept, follow, deployment }) {
      const text = `${documentOf('Gatow')}\n\nThe password is ${canary}.`;
      const taskId = await accept({
        inputs: [{ name: `${canary}.md`, text }],
        params: { focus: canary },
      });
      await follow(taskId);

      const lines = await deployment.logs();
      const states = JSON.stringify(await deployment.history(taskId));

      expect(lines.length).toBeGreaterThan(3);
      for (const secret of [canary, 'depot Gatow', deployment.adminKey, 'sk-scenario-provider']) {
        expect(lines.filter((line) => line.includes(secret))).toEqual([]);
        expect(states).not.toContain(secret);
      }
    },
  },
];
