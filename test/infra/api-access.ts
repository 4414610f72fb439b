import { describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { rightsOf } from './support/policies.ts';
import { onlyResource, resourcesOf, synthesize } from './support/synthesize.ts';

const jwt = { auth: 'jwt', jwtIssuer: 'https://id.example/', jwtAudience: 'quire' };

function variablesOf(template: Template, description: string): Record<string, unknown> {
  const functions = [...resourcesOf(template, 'AWS::Lambda::Function').values()];
  const found = functions.find(({ Properties }) => Properties['Description'] === description);
  const { Variables } = (found?.Properties['Environment'] ?? {}) as {
    Variables?: Record<string, unknown>;
  };
  return Variables ?? {};
}

/** The functions that stand behind a route of the API. */
const serving = ['serves the REST API', 'reads documents and tells what a task would take'];

function typesOfMethods(template: Template): readonly unknown[] {
  const methods = [...resourcesOf(template, 'AWS::ApiGateway::Method').values()];
  return [...new Set(methods.map(({ Properties }) => Properties['AuthorizationType']).sort())];
}

function tableRights(template: Template): readonly string[] {
  return rightsOf(template, 'Authorizer')
    .filter(({ action }) => action.startsWith('dynamodb:'))
    .map(({ action, resource }) => `${action} ${resource}`);
}

describe('the API with keys of its own (auth=key)', () => {
  const template = synthesize();

  it('has an authorizer whose answers are kept for a minute, which is how long a revoked key may work', () => {
    expect(typesOfMethods(template)).toEqual(['CUSTOM', 'NONE']);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'TOKEN',
      AuthorizerResultTtlInSeconds: 60,
    });
  });

  it('lets the authorizer read keys and note their last use, and nothing else of the table', () => {
    expect(tableRights(template)).toEqual([
      expect.stringMatching(/^dynamodb:GetItem State\w+\.Arn$/),
      expect.stringMatching(/^dynamodb:UpdateItem State\w+\.Arn$/),
    ]);
    const keysOnly = {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['KEY#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    };
    const statements = [
      { Action: 'dynamodb:GetItem', Condition: keysOnly },
      {
        Action: 'dynamodb:UpdateItem',
        Condition: {
          ...keysOnly,
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'lastUsedAtInMs'] },
          StringEqualsIfExists: {
            'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'],
          },
        },
      },
    ];
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith(statements.map((each) => Match.objectLike(each))),
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^AuthorizerRole') }],
    });
  });

  it('tells the API how callers are known', () => {
    for (const description of serving) {
      expect(variablesOf(template, description)).toMatchObject({ QUIRE_AUTH: 'key' });
    }
  });
});

describe('the API with signatures of IAM (auth=iam)', () => {
  const template = synthesize({ auth: 'iam' });

  it('wants one on every route and has no authorizer and no key', () => {
    expect(typesOfMethods(template)).toEqual(['AWS_IAM']);
    template.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
    expect(Object.keys(template.findOutputs('*'))).not.toContain('ApiKeySecret');
    // One for each provider, and the one that signs callbacks.
    template.resourceCountIs('AWS::SecretsManager::Secret', 2);
    for (const description of serving) {
      expect(variablesOf(template, description)).toMatchObject({ QUIRE_AUTH: 'iam' });
    }
  });

  it('tells a missing or wrong signature (401) from a policy that does not allow the route (403)', () => {
    const responses = [...resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').values()];
    const statuses = responses.map(({ Properties }) => [
      Properties['ResponseType'],
      Properties['StatusCode'],
    ]);
    expect(Object.fromEntries(statuses)).toMatchObject({
      UNAUTHORIZED: '401',
      MISSING_AUTHENTICATION_TOKEN: '401',
      INVALID_SIGNATURE: '401',
      EXPIRED_TOKEN: '401',
      ACCESS_DENIED: '403',
    });
  });
});

describe('the API with tokens of an OpenID provider (auth=jwt)', () => {
  const template = synthesize({ ...jwt, authCacheSeconds: '0' });

  it('has an authorizer that knows whose tokens it takes, and can reach neither table nor secret', () => {
    expect(typesOfMethods(template)).toEqual(['CUSTOM', 'NONE']);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(variablesOf(template, 'checks JSON Web Tokens')).toMatchObject({
      QUIRE_JWT_ISSUER: 'https://id.example/',
      QUIRE_JWT_AUDIENCE: 'quire',
      QUIRE_JWT_TENANT_CLAIM: 'tenant',
    });
    expect(tableRights(template)).toEqual([]);
    template.resourceCountIs('AWS::SecretsManager::Secret', 2);
    expect(variablesOf(template, 'serves the REST API')).toMatchObject({ QUIRE_AUTH: 'jwt' });
  });

  it('starts the authorizer for what may be a token only', () => {
    const authorizer = onlyResource(template, 'AWS::ApiGateway::Authorizer').Properties;
    const pattern = new RegExp(String(authorizer['IdentityValidationExpression']));
    expect(pattern.test(`Bearer ${'a'.repeat(900)}.b-_.c`)).toBe(true);
    for (const header of ['Bearer qk_abcdefgh', 'Bearer a.b', 'Bearer a.b.', 'Basic a.b.c']) {
      expect(pattern.test(header)).toBe(false);
    }
  });

  it.each([
    ['jwtIssuer', { ...jwt, jwtIssuer: undefined }],
    ['jwtAudience', { ...jwt, jwtAudience: undefined }],
    ['jwtIssuer', { ...jwt, jwtIssuer: 'http://id.example' }],
    ['jwtTenantClaim', { ...jwt, jwtTenantClaim: '' }],
    ['auth', { auth: 'none' }],
    ['authCacheSeconds', { authCacheSeconds: 3_601 }],
  ])('needs %s in its right form', (name, context) => {
    expect(() => synthesize(context)).toThrow(name);
  });
});
