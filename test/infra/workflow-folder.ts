import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { workflowFileHooks } from '../../infra/constructs/workflow-files.ts';
import { synthesizeTemplate } from '../../infra/synthesize.ts';
import { readWorkflowFolder } from '../../infra/workflow-folder.ts';
import { sampleDefinition } from '../support/definitions.ts';

const folder = mkdtempSync(join(tmpdir(), 'quire-workflows-'));
const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
};

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a folder of workflows', () => {
  it('gives a machine for each file', () => {
    put('sample.yaml', sampleDefinition);
    const { Resources } = synthesizeTemplate({ workflowsFolder: folder });
    const machines = Object.values(Resources).filter(
      ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
    );

    expect(machines.map(({ Properties }) => Properties?.['StateMachineName'])).toContain(
      'quire-prod-sample',
    );
  });

  it('ships its files, as they were checked, behind what else ships', () => {
    put('sample.yaml', sampleDefinition);
    const { workflowFiles } = readWorkflowFolder(folder);
    const hooks = workflowFileHooks(workflowFiles, {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: () => ['first'],
    });

    expect(hooks?.afterBundling('/in', '/out')).toEqual([
      'first',
      'mkdir -p "/out/workflows"',
      `cp "${join(folder, 'sample.yaml')}" "/out/workflows/"`,
    ]);
    expect(workflowFileHooks([])).toBeUndefined();
  });

  it('stops the synthesis where a file has faults, with the file and the line', () => {
    put('broken.yaml', sampleDefinition.replace('tokens: 300', 'tokens: 3'));

    expect(() => synthesizeTemplate({ workflowsFolder: folder })).toThrow(
      /broken\.yaml to define a workflow.*line 11, column 13: stages\[1\]\.tokens/,
    );
  });

  it('that is not there defines nothing', () => {
    expect(readWorkflowFolder(join(folder, 'none')).workflowFiles).toEqual([]);
  });
});
