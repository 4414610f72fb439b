import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../../scripts/deploy/command-line.ts';
import { explain } from '../../../scripts/deploy/deploy-error.ts';
import {
  keptList,
  leftoversOf,
  removalPlan,
  type StackResource,
} from '../../../scripts/deploy/leftovers.ts';
import { nextSteps } from '../../../scripts/deploy/next-steps.ts';

function errorOf(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

describe('the command line', () => {
  it('names the stack by the stage and hands the settings on to the CDK', () => {
    const command = parseCommandLine('deploy', ['-c', 'stage=test', '-c', 'budgetUsd=3', '--yes']);

    expect(command).toMatchObject({ stackName: 'quire-test', isSure: true, isEverything: false });
    expect(command.settings).toMatchObject({ stage: 'test', budgetUsd: 3 });
    expect(command.contextOptions).toEqual(['-c', 'stage=test', '-c', 'budgetUsd=3']);
  });

  it('takes what cdk.json says where nothing else is said', () => {
    expect(parseCommandLine('destroy', []).stackName).toBe('quire-prod');
  });

  it.each([
    ['deploy', ['--everything'], 'Usage: npm run deploy'],
    ['destroy', ['--all'], '--everything'],
    ['deploy', ['-c', 'budgetUsd=much'], 'budgetUsd'],
    ['deploy', ['-c', 'budgetUSD=3'], 'got budgetUSD'],
    ['deploy', ['-c', 'stage'], 'stage'],
  ] as const)('%s %j is refused with what was expected', (command, words, expected) => {
    expect(() => parseCommandLine(command, words)).toThrow(
      expect.objectContaining({ code: 'bad_usage', message: expect.stringContaining(expected) }),
    );
  });
});

describe('an error of the SDK', () => {
  it.each([
    [errorOf('Error', 'Region is missing'), 'no_region', 'AWS_REGION'],
    [errorOf('CredentialsProviderError', 'Could not load'), 'no_credentials', 'aws configure'],
    [errorOf('ExpiredTokenException'), 'credentials_expired', 'aws sso login'],
    [
      errorOf(
        'CredentialsProviderError',
        'The SSO session associated with this profile has expired',
      ),
      'credentials_expired',
      'aws sso login',
    ],
    [errorOf('InvalidClientTokenId'), 'credentials_refused', 'access key'],
    [errorOf('AccessDenied'), 'not_allowed', 'owner of the account'],
    [Object.assign(errorOf('Error'), { code: 'ECONNREFUSED' }), 'unreachable', 'network'],
  ])('%s is told as %s, with what to do', (error, code, remedy) => {
    expect(explain(error)).toMatchObject({
      code,
      message: expect.stringContaining(remedy),
      cause: error,
    });
  });

  it('that nobody foresaw stays what it is', () => {
    const error = errorOf('ValidationError', 'something else');
    expect(explain(error)).toBe(error);
  });
});

const resources: readonly StackResource[] = [
  { logicalId: 'Bucket', type: 'AWS::S3::Bucket', physicalId: 'files', status: 'CREATE_COMPLETE' },
  {
    logicalId: 'Table',
    type: 'AWS::DynamoDB::Table',
    physicalId: 'rows',
    status: 'DELETE_SKIPPED',
  },
  { logicalId: 'Old', type: 'AWS::S3::Bucket', physicalId: 'old', status: 'DELETE_COMPLETE' },
  { logicalId: 'Api', type: 'AWS::Lambda::Function', physicalId: 'api', status: 'CREATE_COMPLETE' },
  { logicalId: 'Never', type: 'AWS::KMS::Key', status: 'CREATE_FAILED' },
];
const template = {
  Resources: {
    Bucket: { DeletionPolicy: 'RetainExceptOnCreate' },
    Table: { DeletionPolicy: 'Retain' },
    Old: { DeletionPolicy: 'Retain' },
    Never: { DeletionPolicy: 'Retain' },
    Api: {},
  },
};

describe('a removal', () => {
  const leftovers = leftoversOf(template, resources);

  it('keeps what the template keeps and what is there', () => {
    expect(leftovers).toEqual([
      { type: 'AWS::S3::Bucket', physicalId: 'files' },
      { type: 'AWS::DynamoDB::Table', physicalId: 'rows' },
    ]);
  });

  it('says before what goes, and does not count what stays', () => {
    const plan = removalPlan({ resources, leftovers });
    expect(plan).toMatch(/1 functions/);
    expect(plan).not.toMatch(/files|rows/);
  });

  it('says what stays, and with --everything that it does not', () => {
    expect(keptList(leftovers, false)).toMatch(/What stays.*\n.*files\n.*rows/);
    expect(keptList(leftovers, true)).toMatch(/for good.*\n.*files\n.*rows/);
    expect(keptList([], false)).toBe('Nothing stays.');
  });

  it('never deletes the role that all APIs of the account log with, and says so', () => {
    const role = { type: 'AWS::IAM::Role', physicalId: 'logs-role' };
    expect(keptList([...leftovers, role], true)).toMatch(
      /for good:\n.*files\n.*rows\nWhat stays.*\n.*logs-role$/,
    );
  });
});

describe('the next steps', () => {
  const text = nextSteps({
    outputs: {
      ApiUrl: 'https://a1.execute-api.eu-west-1.amazonaws.com/prod/',
      ApiKeySecret: 'arn:api-key',
      BucketName: 'files',
      ProviderKeySecretrunware: 'arn:runware',
      ProviderKeySecretrunwarehighspeed: 'arn:runware',
      ProviderKeySecretempiriolabs: 'arn:empiriolabs',
    },
    stackName: 'quire-prod',
    account: '123456789012',
    region: 'eu-west-1',
    providers: ['runware', 'runware-highspeed', 'empiriolabs'],
  });

  it('store one key for each account at a provider, in the order of the settings', () => {
    const stored = [...text.matchAll(/put-secret-value --region eu-west-1 --secret-id '([^']+)'/g)];
    expect(stored.map(([, arn]) => arn)).toEqual(['arn:runware', 'arn:empiriolabs']);
  });

  it('read the API key and send a task to the API that was deployed, with nothing to fill in but its id', () => {
    expect(text).toContain("--secret-id 'arn:api-key'");
    expect(text).toContain(
      'curl -sS \'https://a1.execute-api.eu-west-1.amazonaws.com/prod/v1/tasks\' -H "Authorization: Bearer $QUIRE_API_KEY"',
    );
    expect(new Set(text.match(/<[^>]+>/g))).toEqual(new Set(['<taskId>']));
    expect(text).not.toContain('undefined');
  });

  it('are numbered from one', () => {
    expect([...text.matchAll(/^(\d)\. /gm)].map(([, number]) => number)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });
});
