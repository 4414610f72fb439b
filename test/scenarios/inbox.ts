import { expect } from '@jest/globals';
import {
  documentOf,
  runName,
  type Scenario,
  type ScenarioTools,
} from '../support/scenarios/tools.ts';
import { until } from '../support/scenarios/until.ts';

/** Files that are dropped instead of sent. */
export const inboxScenarios: readonly Scenario[] = [
  {
    name: 'a file in the inbox becomes a task',
    async run(tools) {
      await tools.deployment.putFile(
        `inbox/summarize/hermsdorf-${runName}.md`,
        documentOf('Hermsdorf'),
      );

      const [task] = await tasksOf(tools, `hermsdorf-${runName}.md`);

      expect(await tools.follow(task.taskId)).toMatchObject({ status: 'SUCCEEDED' });
    },
  },
  {
    name: 'an event delivered three times is one task',
    async run(tools) {
      const name = `jungfernheide-${runName}.md`;
      const path = `inbox/summarize/${name}`;
      await tools.deployment.putFile(path, documentOf('Jungfernheide'));
      const [task] = await tasksOf(tools, name);
      await tools.follow(task.taskId);

      await tools.deployment.deliverAgain(path);
      await tools.deployment.deliverAgain(path);

      const tasks = await tasksOf(tools, name);
      expect(tasks.map(({ taskId }: { taskId: string }) => taskId)).toEqual([task.taskId]);
    },
  },
  {
    name: 'outbox and markers',
    async run({ deployment }) {
      const name = `karow-${runName}.md`;
      const broken = `broken-${runName}.docx`;
      await deployment.putFile(`inbox/summarize/${name}`, documentOf('Karow'));
      await deployment.putFile(`inbox/summarize/${broken}`, 'PK\u0003\u0004 and then nothing');

      const marker = (path: string) => until(async () => await markerAt(deployment, path));
      const done = await marker(`inbox/summarize/.done/${name}.json`);
      const failed = await marker(`inbox/summarize/.failed/${broken}.json`);
      const docx = await deployment.readFile(`outbox/summarize/${name}/summary.docx`);

      expect(done).toMatchObject({ status: 'SUCCEEDED' });
      // With which code, test/e2e/inbox.test.ts tells: the stand-in loses the names of errors.
      expect(failed).toMatchObject({ status: 'FAILED', code: expect.any(String) });
      expect(docx?.length).toBeGreaterThan(1_000);
    },
  },
];

/** Tasks of an input with this name, as soon as there is one. */
function tasksOf({ get }: ScenarioTools, name: string) {
  return until(async () => {
    const { body } = await get('/v1/tasks?limit=100');
    const tasks = body.tasks.filter(({ inputs }: { inputs: { name: string }[] }) =>
      inputs.some((input) => input.name === name),
    );
    return tasks.length > 0 ? tasks : undefined;
  });
}

/** A marker that has been written as a whole. */
async function markerAt(deployment: ScenarioTools['deployment'], path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await deployment.readFile(path));
  return text.trimEnd().endsWith('}') ? JSON.parse(text) : undefined;
}
