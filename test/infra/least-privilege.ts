import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { CallId, documentIdOf, TaskId, UploadId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { stepNames } from '#shared/workflows/step-names.ts';
import { denialsOf, rightsOf } from './support/policies.ts';
import {
  resourcesOf,
  sampleWorkflow,
  synthesize,
  workflowWithChildren,
} from './support/synthesize.ts';

const template = synthesize();
const functionIds = [
  ...stepNames.map((step) => `Step${step.replaceAll('-', '')}`),
  'Api',
  'Estimates',
  'Inbox',
  'Authorizer',
  'SweeperFunction',
  'AfterTaskHandler',
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
const upload = objectKeys.upload(UploadId.parse(`upl_${'a'.repeat(26)}`));

describe('secrets', () => {
  it('of the providers are read by the step that asks the model and by nothing else', () => {
    expect(functionsWith(/./, /^ProviderKey/)).toEqual(['Stepruncalls']);
  });

  it('of the API are read by the authorizer and by nothing else', () => {
    expect(functionsWith(/./, /^ApiKey/)).toEqual(['Authorizer']);
  });

  it('of the callbacks are made by who sends and by who shows them, and by nothing else', () => {
    expect(functionsWith(/./, /^CallbackSecret/)).toEqual(['Api', 'AfterTaskHandler']);
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

describe('the reader of strangers’ files', () => {
  const denials = denialsOf(template, 'Stepreaddocument');

  it('is denied everything but what it needs, whatever a later change allows it', () => {
    const [ceiling] = denials.filter(({ NotAction }) => NotAction !== undefined);
    const needed = new Set(rightsOf(template, 'Stepreaddocument').map(({ action }) => action));

    expect(ceiling).toMatchObject({ Effect: 'Deny', Resource: '*' });
    const left = [ceiling?.NotAction ?? []].flat();
    expect([...needed].filter((action) => !left.includes(action))).toEqual([]);
    expect(left.filter((action) => !needed.has(action)).sort()).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
    expect(left.join()).not.toMatch(/secretsmanager|states|events|lambda|sqs|sts|:(Update|Delete)/);
  });

  it('cannot use its rights on what belongs to another account', () => {
    expect(denials).toContainEqual(
      expect.objectContaining({
        Action: expect.arrayContaining(['s3:PutObject', 's3:GetObject']),
        Condition: { StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  it('writes no record and has no secret in its variables', () => {
    const writes = rightsOf(template, 'Stepreaddocument').filter(({ action }) =>
      /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action),
    );
    expect(writes).toEqual([]);
    const [reader] = [...resourcesOf(template, 'AWS::Lambda::Function')].filter(([id]) =>
      id.startsWith('Stepreaddocument'),
    );
    expect(JSON.stringify(reader?.[1].Properties['Environment'])).not.toMatch(
      /SECRET|API_KEY|TOKEN/,
    );
  });
});

describe('the function of estimates, which reads files of strangers too', () => {
  const rights = rightsOf(template, 'Estimates').filter(
    ({ action }) => !/^(logs|xray):/.test(action),
  );
  const denials = denialsOf(template, 'Estimates');

  it('looks at uploads and at what was announced of them, and at nothing else', () => {
    expect(rights.map(({ action }) => action).sort()).toEqual([
      'dynamodb:GetItem',
      's3:GetObject',
      's3:ListBucket',
    ]);
    const all = [input, document, plan, answer, output, artifact, upload, 'inbox/a.docx'];
    expect(all.filter((key) => may('Estimates', 's3:GetObject', key))).toEqual([upload]);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'dynamodb:GetItem',
            Condition: {
              'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['UPLOAD#*'] },
              Null: { 'dynamodb:LeadingKeys': 'false' },
            },
          }),
        ]),
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^EstimatesRole') }],
    });
  });

  it('is denied everything else, writing and secrets included, whatever a later change allows it', () => {
    const [ceiling] = denials.filter(({ NotAction }) => NotAction !== undefined);
    const left = [ceiling?.NotAction ?? []].flat();

    expect(ceiling).toMatchObject({ Effect: 'Deny', Resource: '*' });
    const needed = rightsOf(template, 'Estimates').map(({ action }) => action);
    expect(left.filter((action) => !needed.includes(action))).toEqual(['kms:Decrypt']);
    expect(needed.filter((action) => !left.includes(action))).toEqual([]);
    expect(denials).toContainEqual(
      expect.objectContaining({
        Condition: { StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });
});

describe('the API', () => {
  it('can read no secret of a provider and no key, only what signs callbacks', () => {
    const secrets = rightsOf(template, 'Api').filter(({ action }) =>
      action.startsWith('secretsmanager:'),
    );
    expect(secrets.map(({ action }) => action)).toEqual(['secretsmanager:GetSecretValue']);
    expect(secrets.map(({ resource }) => resource)).toEqual([
      expect.stringMatching(/CallbackSecret/),
    ]);
  });
});

describe('objects', () => {
  it('the reader reads inputs and writes documents, and nothing else', () => {
    expect(may('Stepreaddocument', 's3:GetObject', input)).toBe(true);
    expect(may('Stepreaddocument', 's3:PutObject', document)).toBe(true);
    for (const key of [plan, answer, output, artifact, upload]) {
      expect(may('Stepreaddocument', 's3:GetObject', key)).toBe(false);
      expect(may('Stepreaddocument', 's3:PutObject', key)).toBe(false);
    }
  });

  it.each([
    ['Stepplancalls', [plan]],
    ['Stepruncalls', [answer]],
    ['Stepassembleanswers', [output]],
    ['Stepruncode', [output]],
    ['Steprunchildren', [input, plan, output]],
    ['Steprender', [output, artifact]],
    ['Stepclosetask', []],
    ['Stepopentask', []],
    ['Stepfailtask', []],
    ['Api', [input, upload]],
    ['Estimates', []],
    ['Inbox', [input, upload]],
    ['Authorizer', []],
    ['Stepaskapproval', []],
    ['SweeperFunction', []],
    ['AfterTaskHandler', []],
  ])('%s writes only what it makes', (functionId, own) => {
    const all = [input, document, plan, answer, output, artifact, upload, 'inbox/a.docx'];
    expect(all.filter((key) => may(functionId, 's3:PutObject', key)).sort()).toEqual(
      [...own].sort(),
    );
  });

  it('the API cannot read what a task has not delivered', () => {
    const all = [input, document, plan, answer, output, artifact, upload, 'inbox/a.docx'];
    const readable = all.filter((key) => may('Api', 's3:GetObject', key));
    expect(readable.sort()).toEqual([artifact, upload].sort());
  });

  it('expire; only the step that resumes a task deletes, and only what is made anew', () => {
    const all = [input, document, plan, answer, output, artifact, upload, 'inbox/a.docx'];

    expect(functionsWith(/^s3:Delete/, /./)).toEqual(['Stepopentask', 'Inbox', 'AfterTaskHandler']);
    const deletable = all.filter((key) => may('Stepopentask', 's3:DeleteObject', key));
    expect(deletable.sort()).toEqual([output, plan].sort());
    expect(all.filter((key) => may('Inbox', 's3:DeleteObject', key))).toEqual([]);
    expect(may('Inbox', 's3:DeleteObject', 'inbox/summarize/.done/a.docx.json')).toBe(true);
  });

  it('the inbox marks what it refuses, and cannot touch the files', () => {
    const markers = ['inbox/.failed/a.json', 'inbox/summarize/deep/.failed/a.docx.json'];
    for (const key of markers) expect(may('Inbox', 's3:PutObject', key)).toBe(true);
    for (const key of ['inbox/summarize/a.docx', 'inbox/summarize/.done/a.docx.json']) {
      expect(may('Inbox', 's3:PutObject', key)).toBe(false);
    }
  });
});

describe('executions', () => {
  it('are started by the API, the inbox, the sweeper and the step that runs children, and stopped by the API', () => {
    expect(functionsWith(/^states:StartExecution$/, /^Workflow|:stateMachine:quire-prod-/)).toEqual(
      ['Steprunchildren', 'Api', 'Inbox', 'SweeperFunction'],
    );
    expect(functionsWith(/^states:StopExecution$/, /:execution:/)).toEqual(['Api']);
  });

  it('that wait are answered by the API and the sweeper, which alone looks where others stand, and by the step that leaves a token', () => {
    const answering = ['Api', 'SweeperFunction'];
    expect(functionsWith(/^states:SendTask(Success|Failure)$/, /^Workflow\w+$/)).toEqual(answering);
    expect(functionsWith(/^states:SendTask/, /./)).toEqual(['Stepawaitanswers', ...answering]);
    expect(functionsWith(/^states:DescribeExecution$/, /:execution:/)).toEqual(['SweeperFunction']);
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

  it('of tasks with children are started by no step', () => {
    const withChildren = synthesize({}, [
      sampleWorkflow('summarize'),
      workflowWithChildren('auto'),
    ]);
    const started = rightsOf(withChildren, 'Steprunchildren').filter(({ action }) =>
      action.startsWith('states:'),
    );

    expect(started.map(({ resource }) => resource.split(':').at(-1))).toEqual([
      'quire-prod-summarize',
    ]);
    const invoked = rightsOf(withChildren, 'Workflowauto').map(({ resource }) => resource);
    expect(invoked).toContainEqual(expect.stringMatching(/^Steprunchildren/));
  });

  it('can run the steps and no other function', () => {
    const machineRights = rightsOf(template, 'Workflowsummarize');
    const invoked = machineRights.filter(({ action }) => action === 'lambda:InvokeFunction');
    // All but the one that it has no stage for.
    expect(invoked).toHaveLength(stepNames.length - 1);
    expect(JSON.stringify(invoked)).not.toContain('Steprunchildren');
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
