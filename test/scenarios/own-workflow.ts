import { expect } from '@jest/globals';
import { runName, type Scenario } from '../support/scenarios/tools.ts';

/** A workflow that a file in `workflows/` defines. */
export const ownWorkflowScenarios: readonly Scenario[] = [
  {
    name: "a workflow of the user's own",
    async run({ accept, follow, get, artifact }) {
      const mail = `anna.lee.${runName}@example.com`;
      const taskId = await accept({
        workflow: 'redact-pii',
        inputs: [{ name: 'note.md', text: `# Visit\n\nThe caller gave ${mail} as her address.\n` }],
      });
      const task = await follow(taskId);
      const file = new TextDecoder().decode(await artifact(taskId, 'note.redacted.md'));
      const described = await get('/v1/workflows/redact-pii');

      expect(task).toMatchObject({ status: 'SUCCEEDED' });
      expect(file).toBe('# Visit\n\nThe caller gave \\[e-mail\\] as her address.\n');
      expect(described).toMatchObject({ status: 200, body: { id: 'redact-pii' } });
    },
  },
];
