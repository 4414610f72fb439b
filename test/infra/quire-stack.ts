import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { buildStateMachine } from '#shared/workflows/asl.ts';
import { stepNames } from '#shared/workflows/step-names.ts';
import { textOf } from './support/policies.ts';
import { onlyResource, resourcesOf, sampleWorkflow, synthesize } from './support/synthesize.ts';

const template = synthesize();

describe('the stack', () => {
  it('has one Standard machine per workflow, with the definition that a local run executes', () => {
    const machines = [...resourcesOf(template, 'AWS::StepFunctions::StateMachine').values()];
    expect(machines.map(({ Properties }) => Properties['StateMachineName'])).toEqual([
      'quire-prod-summarize',
      'quire-prod-sort-mail',
    ]);
    for (const { Properties } of machines) {
      const id = String(Properties['StateMachineName']).replace('quire-prod-', '');
      expect(JSON.parse(String(Properties['DefinitionString']))).toEqual(
        JSON.parse(JSON.stringify(buildStateMachine(sampleWorkflow(id)))),
      );
      expect(Properties['StateMachineType']).toBe('STANDARD');
    }
  });

  it('fills in a function for every placeholder of a definition', () => {
    for (const { Properties } of resourcesOf(
      template,
      'AWS::StepFunctions::StateMachine',
    ).values()) {
      const placeholders = String(Properties['DefinitionString']).match(/(?<=\$\{)\w+(?=\})/g);
      const substitutions = Object.keys(Properties['DefinitionSubstitutions'] as object);
      expect(substitutions.sort()).toEqual([...new Set(placeholders)].sort());
    }
  });

  it('traces executions and logs them without their data', () => {
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: Match.objectLike({ IncludeExecutionData: false, Level: 'ALL' }),
    });
  });

  it('has a function per step, four entrances, two that look after them, all arm64 on Node 24 and traced', () => {
    template.resourceCountIs('AWS::Lambda::Function', stepNames.length + 6);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: Match.objectLike({ LogFormat: 'JSON' }),
      VpcConfig: Match.absent(),
    });
  });

  it('gives the caller of the model 15 minutes, the readers 2 GB, and an estimate as long as API Gateway waits', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('what a task would take'),
      Timeout: 29,
      MemorySize: 2_048,
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('asks the model'),
      Timeout: 900,
      MemorySize: 512,
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('parses one input'),
      Timeout: 300,
      MemorySize: 2_048,
    });
  });

  it('keeps every log for 30 days and no longer', () => {
    template.allResources('AWS::Logs::LogGroup', {
      Properties: Match.objectLike({ RetentionInDays: 30 }),
      DeletionPolicy: 'Delete',
    });
    const groups = [...resourcesOf(template, 'AWS::Logs::LogGroup').keys()];
    const functions = [...resourcesOf(template, 'AWS::Lambda::Function').values()];
    for (const { Properties } of functions) {
      const { LogGroup } = Properties['LoggingConfig'] as { LogGroup: unknown };
      expect(groups).toContain(textOf(LogGroup));
    }
    // API Gateway logs to a group of its own naming, which the stack creates first.
    const names = [...resourcesOf(template, 'AWS::Logs::LogGroup').values()];
    expect(names.map(({ Properties }) => textOf(Properties['LogGroupName']))).toContainEqual(
      expect.stringMatching(/^API-Gateway-Execution-Logs_TaskApi\w+\/prod$/),
    );
  });

  it('names the API, the bucket, the table and the secrets in its outputs', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'AfterTaskDeadLetterQueue',
      'ApiKeySecret',
      'ApiUrl',
      'BucketName',
      'InboxDeadLetterQueue',
      'ProviderKeySecretempiriolabs',
      'TableName',
    ]);
  });
});

describe('the bucket', () => {
  it('refuses public access and everything but TLS 1.2', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: Match.anyValue(),
    });
    for (const condition of [
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]) {
      template.hasResourceProperties('AWS::S3::BucketPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Action: 's3:*', Effect: 'Deny', Condition: condition }),
          ]),
        },
      });
    }
  });

  it('reports its events to EventBridge without a function in between', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  it('lets everything expire, whatever its prefix', () => {
    const bucket = onlyResource(synthesize({ retentionDays: 12 }), 'AWS::S3::Bucket');
    const { Rules: rules } = bucket.Properties['LifecycleConfiguration'] as {
      Rules: readonly { Prefix?: string; ExpirationInDays?: number }[];
    };
    const expiring = rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
    expect(
      Object.fromEntries(expiring.map((rule) => [rule.Prefix, rule.ExpirationInDays])),
    ).toEqual({ 'tasks/': 12, 'inbox/': 12, 'outbox/': 12, 'uploads/': 7 });
  });

  it('survives the stack, and so do the table and the providers’ keys', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
      template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate' });
    }
    template.hasResource('AWS::SecretsManager::Secret', {
      Properties: Match.objectLike({ SecretString: 'unset' }),
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });
});

describe('the table', () => {
  it('can be restored to any minute and forgets by expiresAt', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });
});

describe('the inbox', () => {
  it('listens to inbox/ only, so that what a task writes starts no task', () => {
    const [rule] = [...resourcesOf(template, 'AWS::Events::Rule')]
      .filter(([id]) => id.startsWith('InboxRule'))
      .map(([, resource]) => resource);
    expect(rule?.Properties['EventPattern']).toMatchObject({
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'inbox/' }] } },
    });
  });

  it('keeps events that cannot be delivered or handled', () => {
    const [queue] = resourcesOf(template, 'AWS::SQS::Queue').keys();
    const arn = { 'Fn::GetAtt': [queue, 'Arn'] };
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: arn } })],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: arn } },
    });
  });
});

describe('the sweeper', () => {
  it('comes every five minutes, and at once where an execution of ours ends without success', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
    });
    const machines = [...resourcesOf(template, 'AWS::StepFunctions::StateMachine').keys()];
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
          stateMachineArn: machines.map((Ref) => ({ Ref })),
        },
      },
    });
  });
});

describe('the API', () => {
  it('asks for a key on every route but the health check', () => {
    const methods = [...resourcesOf(template, 'AWS::ApiGateway::Method')];
    const open = methods.filter(([, { Properties }]) => Properties['AuthorizationType'] === 'NONE');
    expect(open.map(([id]) => id)).toEqual([expect.stringContaining('health')]);
    expect(methods.length).toBeGreaterThan(open.length);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      AuthorizerResultTtlInSeconds: 60,
    });
  });

  it('answers a wrong key with a 401 in problem form', () => {
    for (const type of ['UNAUTHORIZED', 'ACCESS_DENIED']) {
      template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
        ResponseType: type,
        StatusCode: '401',
        ResponseTemplates: {
          'application/json': Match.serializedJson(Match.objectLike({ code: 'unauthorized' })),
        },
      });
    }
  });

  it('throttles, traces and logs who asked what, and no query, header or body', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      TracingEnabled: true,
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 50, DataTraceEnabled: false })],
    });
    const stage = onlyResource(template, 'AWS::ApiGateway::Stage');
    const { Format } = stage.Properties['AccessLogSetting'] as { Format: string };
    expect(Format).not.toMatch(/querystring|header|body|identity/i);
  });
});

describe('the settings', () => {
  it('reach the functions that work on tasks', () => {
    const custom = synthesize({ providers: 'empiriolabs', budgetUsd: '7', retentionDays: 3 });
    custom.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('asks the model'),
      Environment: {
        Variables: Match.objectLike({
          QUIRE_PROVIDERS: 'empiriolabs',
          QUIRE_DEFAULT_BUDGET_USD: '7',
          QUIRE_RETENTION_DAYS: '3',
        }),
      },
    });
  });

  it('name the stack by its stage and move the API under it', () => {
    const custom = synthesize({ stage: 'test' });
    custom.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'test' });
    custom.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'quire-test-summarize',
    });
  });

  it('pass on base URLs and limits of providers, and refuse to carry keys', () => {
    const custom = synthesize({
      providerVariables: '{"EMPIRIOLABS_BASE_URL":"https://proxy.example/v1"}',
    });
    custom.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('asks the model'),
      Environment: {
        Variables: Match.objectLike({ EMPIRIOLABS_BASE_URL: 'https://proxy.example/v1' }),
      },
    });
    expect(() => synthesize({ providerVariables: { EMPIRIOLABS_API_KEY: 'sk' } })).toThrow(
      'providerVariables',
    );
  });

  it.each([
    ['stage', 'Not A Stage'],
    ['providers', 'simulator'],
    ['providers', 'empiriolabs,empiriolabs'],
    ['retentionDays', 0],
    ['budgetUsd', 'much'],
  ])('are refused with their name: %s = %s', (name, value) => {
    expect(() => synthesize({ [name]: value })).toThrow(name);
  });
});
