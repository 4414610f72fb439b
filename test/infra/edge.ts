import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import * as z from 'zod';
import { maxInputs, TaskRequest } from '#shared/domain/task.ts';
import { UploadRequest } from '#shared/domain/upload-request.ts';
import { edgeSchemaOf } from '../../infra/constructs/request-models.ts';
import { textOf } from './support/policies.ts';
import { onlyResource, resourcesOf, synthesize } from './support/synthesize.ts';

const template = synthesize();
const resources = resourcesOf(template, 'AWS::ApiGateway::Resource');
const models = resourcesOf(template, 'AWS::ApiGateway::Model');
const methods = [...resourcesOf(template, 'AWS::ApiGateway::Method').values()].map(
  ({ Properties }) => ({
    ...Properties,
    route: `${Properties['HttpMethod']} ${pathOf(Properties['ResourceId'])}`,
  }),
) as readonly (Record<string, unknown> & { route: string })[];

function pathOf(resource: unknown): string {
  const found = resources.get(textOf(resource));
  if (found === undefined) return '';
  return `${pathOf(found.Properties['ParentId'])}/${found.Properties['PathPart']}`;
}

function modelOf(route: string): unknown {
  const names = methods.find((each) => each.route === route)?.['RequestModels'] as
    | Record<string, unknown>
    | undefined;
  const model = models.get(textOf(names?.['application/json']));
  return model?.Properties['Schema'];
}

describe('routes', () => {
  it('all run one authorizer and one validator, but for the health check', () => {
    const [authorizer] = resourcesOf(template, 'AWS::ApiGateway::Authorizer').keys();
    const [validator] = resourcesOf(template, 'AWS::ApiGateway::RequestValidator').keys();
    const open = methods.filter(({ AuthorizerId }) => textOf(AuthorizerId) !== authorizer);

    expect(open.map(({ route }) => route)).toEqual(['GET /v1/health']);
    for (const each of methods.filter(({ route }) => route !== 'GET /v1/health')) {
      expect(each).toMatchObject({ AuthorizationType: 'CUSTOM' });
      expect(textOf(each['RequestValidatorId'])).toBe(validator);
    }
    template.hasResourceProperties('AWS::ApiGateway::RequestValidator', {
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
  });

  it('reach the function whatever the method and the path, also below those with models', () => {
    expect(methods.map(({ route }) => route).sort()).toEqual([
      'ANY /v1/estimates',
      'ANY /v1/estimates/{proxy+}',
      'ANY /v1/tasks',
      'ANY /v1/tasks/{proxy+}',
      'ANY /v1/uploads',
      'ANY /v1/uploads/{proxy+}',
      'ANY /v1/{proxy+}',
      'GET /v1/health',
      'POST /v1/estimates',
      'POST /v1/tasks',
      'POST /v1/uploads',
    ]);
  });

  it('all run the function of the API, but for the one that asks for an estimate', () => {
    const [estimates] = [...resourcesOf(template, 'AWS::Lambda::Function').keys()].filter((id) =>
      id.startsWith('Estimates'),
    );
    const elsewhere = methods.filter(({ Integration }) =>
      JSON.stringify(Integration).includes(`"${estimates}"`),
    );
    const others = methods.filter(({ Integration }) =>
      /"Api\w+"/.test(JSON.stringify(Integration)),
    );

    expect(elsewhere.map(({ route }) => route)).toEqual(['POST /v1/estimates']);
    expect(others).toHaveLength(methods.length - 1);
  });

  it('carry text only: as binary, bodies would not be validated', () => {
    expect(onlyResource(template, 'AWS::ApiGateway::RestApi').Properties).not.toHaveProperty(
      'BinaryMediaTypes',
    );
  });

  it('are throttled together as the settings say', () => {
    synthesize({ requestsPerSecond: 5 }).hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [
        Match.objectLike({
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 5,
          ThrottlingBurstLimit: 10,
        }),
      ],
    });
  });
});

describe('models', () => {
  it('stand on the routes that take a body of ours', () => {
    expect(modelOf('POST /v1/tasks')).toEqual(edgeSchemaOf(TaskRequest));
    expect(modelOf('POST /v1/estimates')).toEqual(edgeSchemaOf(TaskRequest));
    expect(modelOf('POST /v1/uploads')).toEqual(edgeSchemaOf(UploadRequest));
  });

  const edge = z.fromJSONSchema(
    edgeSchemaOf(TaskRequest) as Parameters<typeof z.fromJSONSchema>[0],
  );

  it('accept whatever the service accepts', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 });
    const input = fc.oneof(
      fc.record({ uploadId: fc.constant(`upl_${'a'.repeat(26)}`) }),
      fc.record({ name, text: fc.string({ minLength: 1 }) }),
      fc.record({ url: fc.webUrl() }),
    );
    const options = fc.record(
      {
        budgetUsd: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
        deadlineMinutes: fc.integer({ min: 1, max: 10_080 }),
        providers: fc.constant(['runware']),
        approval: fc.constantFrom('none', 'plan', 'final'),
        callbackUrl: fc.constant('https://example.com/hook'),
      },
      { requiredKeys: [] },
    );
    const request = fc.record(
      {
        workflow: name,
        inputs: fc.array(input, { minLength: 1, maxLength: 5 }),
        params: fc.dictionary(fc.string(), fc.jsonValue()),
        options,
      },
      { requiredKeys: ['workflow', 'inputs'] },
    );

    fc.assert(
      fc.property(request, (body) => {
        expect(TaskRequest.safeParse(body).success).toBe(true);
        expect(edge.safeParse(body).success).toBe(true);
      }),
    );
  });

  it.each([
    ['no workflow', { inputs: [{ name: 'a.md', text: 'x' }] }],
    ['no input', { workflow: 'summarize', inputs: [] }],
    ['an input of no kind', { workflow: 'summarize', inputs: [{ file: 'a.md' }] }],
    ['a list', []],
    [
      'more inputs than a task takes',
      { workflow: 'summarize', inputs: Array(maxInputs + 1).fill({ url: 'x' }) },
    ],
  ])('refuse %s', (_, body) => {
    expect(edge.safeParse(body).success).toBe(false);
  });

  it('judge shapes and sizes, never values, which a refusal would quote', () => {
    expect(JSON.stringify([...models.values()])).not.toMatch(/"(pattern|enum|format|const)":/);
  });
});

describe('refusals of API Gateway', () => {
  it.each([
    ['UNAUTHORIZED', '401', 'unauthorized'],
    ['ACCESS_DENIED', '401', 'unauthorized'],
    ['BAD_REQUEST_BODY', '400', 'invalid_request'],
    ['BAD_REQUEST_PARAMETERS', '400', 'invalid_request'],
    ['REQUEST_TOO_LARGE', '413', 'file_too_large'],
    ['THROTTLED', '429', 'too_many_requests'],
  ])('%s is a problem with status %s and code %s', (type, status, code) => {
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: type,
      StatusCode: status,
      ResponseParameters: Match.objectLike({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      }),
      ResponseTemplates: {
        'application/json': Match.serializedJson(
          Match.objectLike({ code, status: Number(status), type: `urn:quire:error:${code}` }),
        ),
      },
    });
  });

  it('quote nothing of the request', () => {
    const all = [...resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').values()];
    expect(JSON.stringify(all)).not.toContain('$context');
  });
});
