import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { readSettings } from '../../infra/settings.ts';
import { textOf } from './support/policies.ts';
import { resourcesOf, synthesize } from './support/synthesize.ts';

const template = synthesize();
const standIn = synthesize({ stage: 'test', allowLoopbackUrls: 'true' });

interface Rule {
  readonly EventPattern?: Record<string, unknown>;
  readonly ScheduleExpression?: string;
  readonly Targets: readonly {
    readonly Arn: unknown;
    readonly DeadLetterConfig?: { readonly Arn: unknown };
    readonly RetryPolicy?: { readonly MaximumRetryAttempts: number };
  }[];
}

function ruleWith(id: string): Rule {
  const [rule, ...others] = [...resourcesOf(template, 'AWS::Events::Rule')]
    .filter(([logicalId]) => logicalId.startsWith(id))
    .map(([, { Properties }]) => Properties as unknown as Rule);
  if (rule === undefined || others.length > 0) throw new Error(`Expected one rule ${id}.`);
  return rule;
}

/** Statements about events in the roles of the functions, by the start of the role's id. */
function eventRights(): ReadonlyMap<string, Record<string, unknown>> {
  return new Map(
    [...resourcesOf(template, 'AWS::IAM::Policy')].flatMap(([id, { Properties }]) => {
      const { Statement } = Properties['PolicyDocument'] as {
        Statement: readonly Record<string, unknown>[];
      };
      return Statement.filter(({ Action }) => String(Action).startsWith('events:')).map(
        (statement) => [id.replace(/Role.*$/, ''), statement] as const,
      );
    }),
  );
}

describe('what follows the end of a task', () => {
  it('is started by our own events of ends, of this deployment only', () => {
    const { EventPattern, Targets } = ruleWith('AfterTaskEnded');

    expect(EventPattern).toEqual({
      source: ['quire'],
      'detail-type': ['Task Succeeded', 'Task Partial', 'Task Failed', 'Task Cancelled'],
      detail: { deployment: ['quire-prod'] },
    });
    expect(Targets.map(({ Arn }) => textOf(Arn))).toEqual([
      expect.stringMatching(/^AfterTaskHandler\w+\.Arn$/),
    ]);
  });

  it('loses no end: the rule and the function have a dead-letter queue', () => {
    const [target] = ruleWith('AfterTaskEnded').Targets;
    expect(textOf(target?.DeadLetterConfig?.Arn)).toMatch(/^AfterTaskDeadLetters\w+\.Arn$/);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('^AfterTaskHandler') },
      MaximumRetryAttempts: 2,
      DestinationConfig: {
        OnFailure: {
          Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AfterTaskDeadLetters'), 'Arn'] },
        },
      },
    });
  });

  it('is looked after every minute, and a minute that fails is not repeated', () => {
    const { ScheduleExpression, Targets } = ruleWith('AfterTaskEveryMinute');

    expect(ScheduleExpression).toBe('rate(1 minute)');
    expect(Targets.map(({ RetryPolicy }) => RetryPolicy?.MaximumRetryAttempts)).toEqual([0]);
  });

  it('signs with a generated secret', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: Match.stringLikeRegexp('completion webhooks'),
      GenerateSecretString: { PasswordLength: 43, ExcludePunctuation: true },
    });
  });
});

describe('events', () => {
  it('are put on the default bus, as ours, by those who have something to tell', () => {
    const rights = eventRights();

    expect([...rights.keys()].sort()).toEqual([
      'AfterTaskHandler',
      'Api',
      'Inbox',
      'Stepaskapproval',
      'Stepassembleanswers',
      'Stepclosetask',
      'Stepfailtask',
      'Steprunchildren',
      'Stepruncode',
      'SweeperFunction',
    ]);
    for (const statement of rights.values()) {
      expect(statement).toMatchObject({
        Action: 'events:PutEvents',
        Effect: 'Allow',
        Condition: { StringEquals: { 'events:source': 'quire' } },
      });
      expect(textOf(statement['Resource'])).toMatch(/:event-bus\/default$/);
    }
  });

  it('name the deployment, so that several share a bus', () => {
    standIn.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ detail: { deployment: ['quire-test'] } }),
    });
    standIn.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ QUIRE_DEPLOYMENT: 'quire-test' }) },
    });
  });
});

describe('URLs of the own machine', () => {
  const variable = 'QUIRE_ALLOW_HTTP_URLS';
  const settingOf = (context: Record<string, unknown>) =>
    readSettings(new App({ context }).node).allowLoopbackUrls;

  it('are off', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain(variable);
    expect(settingOf({ stage: 'test', allowLoopbackUrls: 'false' })).toBe(false);
  });

  it('can be had for a stand-in, with the stage that stands for one', () => {
    standIn.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('completion webhooks'),
      Environment: { Variables: Match.objectLike({ [variable]: 'loopback' }) },
    });
  });

  it.each(['prod', 'trial'])('are refused with the stage %s', (stage) => {
    expect(() => settingOf({ stage, allowLoopbackUrls: true })).toThrow(/allowLoopbackUrls/);
  });
});
