import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { rightsOf, textOf } from './support/policies.ts';
import { onlyResource, resourcesOf, synthesize } from './support/synthesize.ts';

const template = synthesize({ runwareWebhooks: 'on', providers: 'runware' });

function variablesOf(description: RegExp): Readonly<Record<string, unknown>> {
  const functions = [...resourcesOf(template, 'AWS::Lambda::Function').values()];
  const found = functions.filter(({ Properties }) =>
    description.test(String(Properties['Description'])),
  );
  const [variables = {}] = found.map(
    ({ Properties }) => (Properties['Environment'] as { Variables: object }).Variables,
  );
  return Object.fromEntries(Object.entries(variables));
}

describe('the entrance for announcements', () => {
  it('is there only where it is asked for', () => {
    expect(resourcesOf(synthesize(), 'AWS::ApiGatewayV2::Api').size).toBe(0);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Api').size).toBe(1);
  });

  it('takes posts at one path and nothing else, without a key', () => {
    const { Properties } = onlyResource(template, 'AWS::ApiGatewayV2::Route');
    expect(Properties).toMatchObject({
      RouteKey: 'POST /v1/callbacks/runware/{token}',
      AuthorizationType: 'NONE',
    });
  });

  it('is throttled, and logs no path, whose last part is a right', () => {
    const { Properties } = onlyResource(template, 'AWS::ApiGatewayV2::Stage');
    expect(Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
    });
    const { Format } = Properties['AccessLogSettings'] as { Format: string };
    expect(Format).not.toMatch(/path|Path|header|body|identity/);
  });

  it('is known to the step that asks the model, and signed with a secret that nobody else reads', () => {
    const variables = variablesOf(/asks the model/);
    expect(textOf(variables['RUNWARE_WEBHOOK_BASE_URL'])).toMatch(/^CallbacksApi.*\.ApiEndpoint$/);
    expect(textOf(variables['QUIRE_WEBHOOK_SECRET_ARN'])).toMatch(/^CallbacksSecret/);
    const readers = ['Callback', 'Stepruncalls', 'Stepawaitanswers', 'Api', 'Inbox', 'Authorizer'];
    expect(
      readers.filter((id) =>
        rightsOf(template, id).some(({ resource }) => /^CallbacksSecret/.test(resource)),
      ),
    ).toEqual(['Callback', 'Stepruncalls']);
  });

  it('can note what was announced and answer waiting states, and reads no file and no key of a provider', () => {
    const rights = rightsOf(template, 'Callback');
    expect([...new Set(rights.map(({ action }) => action))].sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'states:SendTaskSuccess',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    const secrets = rights.filter(({ action }) => action.startsWith('secretsmanager:'));
    expect(secrets.every(({ resource }) => /^CallbacksSecret/.test(resource))).toBe(true);
  });

  it('costs a generated secret, and nothing by the hour', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: Match.objectLike({ PasswordLength: 43 }),
      Description: Match.stringLikeRegexp('announce'),
    });
  });
});
