import { describe, expect, it } from '@jest/globals';
import type { Caller } from '#shared/domain/api-key.ts';
import { TenantId } from '#shared/domain/ids.ts';
import { answer } from '../../../lambdas/authorizer-policy.ts';

const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/POST/v1/tasks';
const caller: Caller = {
  tenantId: TenantId.parse('acme'),
  keyId: 'key_1',
  scopes: ['read', 'write'],
};
const callerOf = async (token: string) => (token === 'qk_right' ? caller : undefined);
const ask = (authorizationToken: string) => answer({ authorizationToken, methodArn }, callerOf);

describe('the answer of the authorizer', () => {
  it('allows every route of the stage, since API Gateway applies a cached one to all, and says who calls', async () => {
    expect(await ask('Bearer qk_right')).toEqual({
      principalId: 'acme',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/*',
          },
        ],
      },
      context: { tenantId: 'acme', keyId: 'key_1', scopes: 'read write' },
    });
  });

  it('takes the word bearer as it comes', async () => {
    const answers = await Promise.all(['bearer qk_right', 'BEARER   qk_right '].map(ask));
    expect(answers.map((each) => each.policyDocument.Statement[0].Effect)).toEqual([
      'Allow',
      'Allow',
    ]);
  });

  it.each(['Bearer qk_wrong', 'qk_right', 'Basic qk_right', 'Bearer', 'Bearer qk_right x', ''])(
    'denies %j and names nobody',
    async (header) => {
      const { policyDocument, context, principalId } = await ask(header);
      expect(policyDocument.Statement[0].Effect).toBe('Deny');
      expect({ context, principalId }).toEqual({ context: {}, principalId: 'nobody' });
    },
  );
});
