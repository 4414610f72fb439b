import { expect } from '@jest/globals';
import { refusedWords } from '../../scripts/stand-in/simulator-options.ts';
import { historyAtEnd } from '../support/scenarios/history-at-end.ts';
import {
  documentOf,
  maxInFlight,
  type Scenario,
  type ScenarioTools,
} from '../support/scenarios/tools.ts';
import { until } from '../support/scenarios/until.ts';

/** About one call for each section. */
const params = { chunkTokens: 500 };

/** Tasks that end before they are whole, and go on. */
export const interruptionScenarios: readonly Scenario[] = [
  {
    name: 'a cancelled task asks nothing more',
    async run(tools) {
      const { deployment, get } = tools;
      const { taskId, cancelled } = await cancelInTheMiddle(tools, 'Lichtenrade');
      const { requests: atAnswer } = await deployment.simulatorReport();

      // Another task from beginning to end: time for calls that should not come.
      const other = await tools.follow(
        await tools.accept({ inputs: [{ name: 'note.md', text: documentOf('Mahlsdorf') }] }),
      );
      const { requests: later } = await deployment.simulatorReport();
      const again = await tools.post(`/v1/tasks/${taskId}/cancel`);

      expect(cancelled).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
      const { attempts } = await tools.json(other.taskId, 'usage.json');
      expect(later - atAnswer - attempts.length).toBeLessThanOrEqual(maxInFlight);
      expect(again).toMatchObject({ status: 409, body: { code: 'task_already_ended' } });
      expect((await get(`/v1/tasks/${taskId}`)).body.status).toBe('CANCELLED');
      expect((await historyAtEnd(deployment, taskId)).status).toBe('ABORTED');
    },
  },
  {
    name: 'a cancelled task is resumed',
    async run(tools) {
      const { deployment } = tools;
      const { taskId } = await cancelInTheMiddle(tools, 'Neukölln');
      const before = await deployment.simulatorReport();

      const resumed = await tools.post(`/v1/tasks/${taskId}/resume`);
      const task = await tools.follow(taskId);
      const after = await deployment.simulatorReport();

      expect(resumed.status).toBe(202);
      expect(task).toMatchObject({ status: 'SUCCEEDED', run: 2, coverage: { failed: 0 } });
      expect((await deployment.history(`${taskId}-r2`)).input).toEqual({ taskId });
      // What was on its way at the cancel may be asked again; what had been committed may not.
      const repeated = after.promptsCompletedMoreThanOnce - before.promptsCompletedMoreThanOnce;
      expect(repeated).toBeLessThanOrEqual(maxInFlight);
      expect(after.violations).toEqual([]);
    },
  },
  {
    name: 'a task without budget is resumed with more',
    async run(tools) {
      const { deployment } = tools;
      const before = await deployment.simulatorReport();
      const taskId = await tools.accept({
        inputs: [{ name: 'long.md', text: documentOf('Oberspree', 40) }],
        params,
        options: { budgetUsd: 0.011 },
      });
      const partial = await tools.follow(taskId);

      const resumed = await tools.post(`/v1/tasks/${taskId}/resume`, { budgetUsd: 1 });
      const whole = await tools.follow(taskId);
      const again = await tools.post(`/v1/tasks/${taskId}/resume`, { budgetUsd: 2 });
      const after = await deployment.simulatorReport();

      expect(partial).toMatchObject({
        status: 'PARTIAL',
        reasons: [{ code: 'budget_exceeded' }],
        budget: { limitUsd: 0.011, reservedUsd: 0 },
      });
      expect(partial.budget.spentUsd).toBeLessThanOrEqual(0.011);
      expect(resumed.status).toBe(202);
      expect(whole).toMatchObject({ status: 'SUCCEEDED', run: 2, coverage: { failed: 0 } });
      expect(again).toMatchObject({ status: 409, body: { code: 'task_not_resumable' } });
      expect(after.promptsCompletedMoreThanOnce).toBe(before.promptsCompletedMoreThanOnce);
    },
  },
  {
    name: 'a hole makes a task PARTIAL',
    async run({ accept, follow, json }) {
      const text = `${documentOf('Pankow', 6)}\n\n## 7 Hole\n\nHere ${refusedWords}.`;
      const task = await follow(await accept({ inputs: [{ name: 'hole.md', text }], params }));

      expect(task).toMatchObject({ status: 'PARTIAL' });
      expect(task.coverage.failed).toBeGreaterThan(0);
      expect(task.coverage.used).toBeGreaterThan(task.coverage.failed);
      expect(JSON.stringify(await json(task.taskId, 'coverage.json'))).toContain('failed');
    },
  },
  {
    name: 'an execution stopped from outside',
    async run(tools) {
      const { deployment, follow, post } = tools;
      const taskId = await acceptAndMeet(tools, 'Rudow');

      await deployment.stopOutside(taskId);
      const stopped = await follow(taskId);
      const resumed = await post(`/v1/tasks/${taskId}/resume`);
      const task = await follow(taskId);

      expect(stopped).toMatchObject({ status: 'FAILED', error: { code: 'execution_stopped' } });
      expect(resumed.status).toBe(202);
      expect(task).toMatchObject({ status: 'SUCCEEDED', run: 2, coverage: { failed: 0 } });
    },
  },
];

/** Cancels a task when a few of its calls have been asked. */
async function cancelInTheMiddle(tools: ScenarioTools, label: string) {
  const taskId = await acceptAndMeet(tools, label);
  const cancelled = await tools.post(`/v1/tasks/${taskId}/cancel`);
  return { taskId, cancelled };
}

/** The id of a task of 40 calls, a few of which have been asked. */
async function acceptAndMeet({ deployment, accept }: ScenarioTools, label: string) {
  const before = await deployment.simulatorReport();
  const inputs = [{ name: 'long.md', text: documentOf(label, 40) }];
  const taskId = await accept({ inputs, params });
  await until(async () => {
    const { requests } = await deployment.simulatorReport();
    return requests > before.requests + maxInFlight ? true : undefined;
  });
  return taskId;
}
