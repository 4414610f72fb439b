import { describe, expect, it } from '@jest/globals';
import { authOf, gatewayCallerOf } from '#shared/runtime/aws/gateway-callers.ts';

const arn = 'arn:aws:sts::123456789012:assumed-role/Reports';
const authorized = (authorizer: unknown) => ({ requestContext: { authorizer } });
const signed = (userArn: unknown) => ({ requestContext: { identity: { userArn } } });

describe.each(['key', 'jwt'] as const)('the caller behind the authorizer (auth=%s)', (auth) => {
  const callerOf = gatewayCallerOf(auth);
  const context = { tenantId: 'acme', keyId: 'key_1', scopes: 'read write' };

  it('is whom the authorizer named', () => {
    // API Gateway adds facts of its own.
    expect(
      callerOf(authorized({ ...context, principalId: 'acme', integrationLatency: 3 })),
    ).toEqual({ tenantId: 'acme', keyId: 'key_1', scopes: ['read', 'write'] });
  });

  it.each([
    ['no request context', {}],
    ['nothing', undefined],
    ['no authorizer', { requestContext: {} }],
    ['an empty answer', authorized({})],
    ['the answer of an older authorizer', authorized({ tenantId: 'default' })],
    ['no scope', authorized({ ...context, scopes: '' })],
    ['an unknown scope', authorized({ ...context, scopes: 'read root' })],
    ['a tenant of another form', authorized({ ...context, tenantId: 'A#B' })],
    ['a signature instead', signed(arn)],
  ])('is nobody with %s', (_, env) => {
    expect(callerOf(env)).toBeUndefined();
  });
});

describe('the caller that IAM knows (auth=iam)', () => {
  const callerOf = gatewayCallerOf('iam');

  it('is of the first tenant, may do everything, and is named by a hash of its ARN', () => {
    const caller = callerOf(signed(`${arn}/session-1`));

    expect(caller).toEqual({
      tenantId: 'default',
      keyId: expect.stringMatching(/^iam_[0-9a-f]{26}$/),
      scopes: ['read', 'write', 'admin'],
    });
  });

  it('spends from one budget whatever it calls its sessions, and another role from another', () => {
    const keyIds = ['/a', '/b', '2/a'].map((end) => callerOf(signed(`${arn}${end}`))?.keyId);
    const user = callerOf(signed('arn:aws:iam::123456789012:user/ada'))?.keyId;

    expect(keyIds[0]).toBe(keyIds[1]);
    expect(new Set([...keyIds, user]).size).toBe(3);
  });

  it.each([[undefined], [null], [''], ['root']])('is nobody without an ARN: %j', (userArn) => {
    expect(callerOf(signed(userArn))).toBeUndefined();
  });

  it('is nobody by the word of an authorizer, of which this deployment has none', () => {
    const context = { tenantId: 'acme', keyId: 'key_1', scopes: 'admin' };
    expect(callerOf(authorized(context))).toBeUndefined();
  });
});

describe('the setting', () => {
  it('is one that is known, or the function does not start', () => {
    expect(authOf('jwt')).toBe('jwt');
    for (const text of [undefined, '', 'none']) {
      expect(() => authOf(text)).toThrow('QUIRE_AUTH');
    }
  });
});
