import { describe, expect, it } from '@jest/globals';
import { policyFor } from '../../../lambdas/authorizer-policy.ts';

const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/POST/v1/tasks';

describe('the answer of the authorizer', () => {
  it('holds for every route of the stage, since API Gateway applies a cached one to all', () => {
    const [statement] = policyFor('Allow', { methodArn, tenantId: 'default' }).policyDocument
      .Statement;
    expect(statement).toEqual({
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/*',
    });
  });

  it('denies where it is told to, and names the tenant', () => {
    const answer = policyFor('Deny', { methodArn, tenantId: 'default' });
    expect(answer.policyDocument.Statement[0].Effect).toBe('Deny');
    expect(answer.context).toEqual({ tenantId: 'default' });
    expect(answer.principalId).toBe('default');
  });
});
