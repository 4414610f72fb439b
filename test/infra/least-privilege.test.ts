import { describe, expect, it } from '@jest/globals';
import { CallId, documentIdOf, TaskId, TenantId, UploadId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { stepNames } from '#shared/workflows/step-names.ts';
import { rightsOf } from './support/policies.ts';
import { resourcesOf, synthesize } from './support/synthesize.ts';

const template = synthesize();
const functionIds = [
  ...stepNames.map((step) => `Step${step.replaceAll('-', '')}`),
  'Api',
  'Inbox',
  'Authorizer',
];

function functionsWith(action: RegExp, resource: RegExp): readonly string[] {
  return functionIds.filter((id) =>
    rightsOf(template, id).some(
      (right) => action.test(right.action) && resource.test(right.resource),
    ),
  );
}

/** Whether a function may do something to an object of this key, as IAM would decide. */
function may(functionId: string, action: string, key: string): boolean {
  return rightsOf(template, functionId).some((right) => {
    const pattern = /^Documents\w+\.Arn\/(.+)$/.exec(right.resource)?.[1];
    if (right.action !== action || pattern === undefined) return false;
    const expression = pattern
      .split('*')
      .map((part) => part.replaceAll('.', '\\.'))
      .join('.*');
    return new RegExp(`^${expression}$`).test(key);
  });
}

const taskId = TaskId.parse(`tsk_${'a'.repeat(26)}`);
const callId = CallId.parse('notes-0-00001');
const input = objectKeys.input(taskId, documentIdOf(1));
const document = objectKeys.document(taskId, documentIdOf(1));
const answer = objectKeys.call(taskId, callId, 1);
const plan = objectKeys.plan(taskId, 'notes', 0);
const output = objectKeys.roundOutput(taskId, 'notes', 0);
const artifact = objectKeys.artifact(taskId, 'summary.docx');
const cached = objectKeys.cached(TenantId.parse('default'), 'f00');
const upload = objectKeys.upload(UploadId.parse(`upl_${'a'.repeat(26)}`));

describe('secrets', () => {
  it('of the providers are read by the step that asks the model and by nothing else', () => {
    expect(functionsWith(/./, /^ProviderKey/)).toEqual(['Stepruncalls']);
  });

  it('of the API are read by the authorizer and by nothing else', () => {
    expect(functionsWith(/./, /^ApiKey/)).toEqual(['Authorizer']);
  });

  it('are out of reach of the reader, which parses files of strangers', () => {
    const actions = rightsOf(template, 'Stepreaddocument').map(({ action }) => action);
    expect(actions).not.toContainEqual(expect.stringMatching(/^secretsmanager:/));
    expect(actions.length).toBeGreaterThan(0);
  });

  it('are only read, never changed', () => {
    expect(functionsWith(/^secretsmanager:(?!GetSecretValue$)/, /./)).toEqual([]);
  });

  it('stand in no variable: functions get their ARNs', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::Lambda::Function').values()) {
      const environment = JSON.stringify(Properties['Environment']);
      expect(environment).not.toMatch(/resolve:secretsmanager|SecretString/);
    }
  });
});

describe('objects', () => {
  it('the reader reads inputs and writes documents, and nothing else', () => {
    expect(may('Stepreaddocument', 's3:GetObject', input)).toBe(true);
    expect(may('Stepreaddocument', 's3:PutObject', document)).toBe(true);
    for (const key of [plan, answer, output, artifact, cached, upload]) {
      expect(may('Stepreaddocument', 's3:GetObject', key)).toBe(false);
      expect(may('Stepreaddocument', 's3:PutObject', key)).toBe(false);
    }
  });

  it.each([
    ['Stepplancalls', [plan]],
    ['Stepruncalls', [answer, cached]],
    ['Stepassembleanswers', [output]],
    ['Stepruncode', [output]],
    ['Steprender', [output, artifact]],
    ['Stepclosetask', []],
    ['Stepopentask', []],
    ['Stepfailtask', []],
    ['Api', [input, upload]],
    ['Inbox', [input, upload]],
    ['Authorizer', []],
  ])('%s writes only what it makes', (functionId, own) => {
    const all = [input, document, plan, answer, output, artifact, cached, upload, 'inbox/a.docx'];
    expect(all.filter((key) => may(functionId, 's3:PutObject', key)).sort()).toEqual(
      [...own].sort(),
    );
  });

  it('the API cannot read what a task has not delivered', () => {
    const all = [input, document, plan, answer, output, artifact, cached, upload, 'inbox/a.docx'];
    const readable = all.filter((key) => may('Api', 's3:GetObject', key));
    expect(readable.sort()).toEqual([artifact, upload].sort());
  });

  it('expire; only the step that resumes a task deletes, and only what is made anew', () => {
    const all = [input, document, plan, answer, output, artifact, cached, upload, 'inbox/a.docx'];

    expect(functionsWith(/^s3:Delete/, /./)).toEqual(['Stepopentask']);
    const deletable = all.filter((key) => may('Stepopentask', 's3:DeleteObject', key));
    expect(deletable.sort()).toEqual([output, plan].sort());
  });
});

describe('executions', () => {
  it('are started by the API and the inbox, and stopped by the API', () => {
    expect(functionsWith(/^states:StartExecution$/, /^Workflow/)).toEqual(['Api', 'Inbox']);
    expect(functionsWith(/^states:StopExecution$/, /:execution:/)).toEqual(['Api']);
  });

  it('that wait for a token are answered by the step that leaves the token, and by name', () => {
    expect(functionsWith(/^states:SendTask/, /./)).toEqual(['Stepawaitanswers']);
    const answered = rightsOf(template, 'Stepawaitanswers').filter(({ action }) =>
      action.startsWith('states:'),
    );
    expect(answered.map(({ resource }) => resource.split(':').at(-1)).sort()).toEqual([
      'quire-prod-sort-mail',
      'quire-prod-summarize',
    ]);
    expect(new Set(answered.map(({ action }) => action))).toEqual(
      new Set(['states:SendTaskSuccess']),
    );
  });

  it('can run the steps and no other function', () => {
    const machineRights = rightsOf(template, 'Workflowsummarize');
    const invoked = machineRights.filter(({ action }) => action === 'lambda:InvokeFunction');
    expect(invoked).toHaveLength(stepNames.length);
    expect(invoked.every(({ resource }) => /^Step\w+\.Arn$/.test(resource))).toBe(true);
  });
});

describe('wildcards', () => {
  it('stand in no action', () => {
    const roles = [...functionIds, 'Workflowsummarize', 'Workflowsortmail'];
    const actions = roles.flatMap((id) => rightsOf(template, id).map(({ action }) => action));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(actions.length).toBeGreaterThan(50);
  });

  it('stand for a whole service only where IAM knows no narrower resource', () => {
    const anywhere = functionIds.flatMap((id) =>
      rightsOf(template, id).filter(({ resource }) => resource === '*'),
    );
    expect([...new Set(anywhere.map(({ action }) => action))].sort()).toEqual([
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });
});
