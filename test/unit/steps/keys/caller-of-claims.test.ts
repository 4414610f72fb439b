import { describe, expect, it } from '@jest/globals';
import { callerOfClaims } from '#shared/steps/keys/caller-of-claims.ts';

const claims = {
  iss: 'https://id.example',
  sub: 'ada@example.com',
  tenant: 'acme',
  scope: 'openid quire:read quire:write',
};

describe('the caller that a token speaks for', () => {
  it('is of the tenant and with the scopes that it names, and its subject shows nowhere', () => {
    const caller = callerOfClaims(claims, 'tenant');

    expect(caller).toEqual({
      tenantId: 'acme',
      keyId: expect.stringMatching(/^jwt_[0-9a-f]{26}$/),
      scopes: ['read', 'write'],
    });
  });

  it('spends from a month budget of its own: one for each subject of each issuer', () => {
    const all = [
      claims,
      { ...claims, sub: 'bob' },
      { ...claims, iss: 'https://other.example' },
    ].map((each) => callerOfClaims(each, 'tenant')?.keyId);

    expect(new Set(all).size).toBe(3);
    expect(callerOfClaims({ ...claims, scope: 'quire:read' }, 'tenant')?.keyId).toBe(all[0]);
  });

  it.each([
    ['no tenant', { ...claims, tenant: undefined }],
    ['a tenant of another form', { ...claims, tenant: 'Acme Inc.' }],
    ['a tenant that is no text', { ...claims, tenant: ['acme', 'default'] }],
    ['no subject', { ...claims, sub: undefined }],
    ['no scope', { ...claims, scope: undefined }],
    ['only scopes of others', { ...claims, scope: 'read write admin other:admin' }],
    ['scopes that we do not have', { ...claims, scope: 'quire:root quire:readall' }],
  ])('is nobody with %s', (_, wrong) => {
    expect(callerOfClaims(claims, 'tenant')).toBeDefined();
    expect(callerOfClaims(wrong, 'tenant')).toBeUndefined();
  });

  it('is of the tenant in whichever claim the deployment names', () => {
    expect(callerOfClaims({ ...claims, client_id: 'beta' }, 'client_id')?.tenantId).toBe('beta');
    expect(callerOfClaims(claims, 'client_id')).toBeUndefined();
  });
});
