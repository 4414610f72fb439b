import { createHmac, createPublicKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createJwtVerifier } from '#shared/adapters/system/jwt-verifier.ts';
import { type OidcIssuer, startOidcIssuer } from '../../../support/oidc-issuer.ts';

const audience = 'https://quire.example';

describe('tokens of an OpenID provider', () => {
  let issuer: OidcIssuer;
  let other: OidcIssuer;
  beforeEach(async () => {
    [issuer, other] = await Promise.all([startOidcIssuer(audience), startOidcIssuer(audience)]);
  });
  afterEach(async () => {
    await issuer.close();
    await other.close();
  });
  const verifier = () => createJwtVerifier({ issuer: issuer.issuer, audience });
  const nowInSeconds = () => Math.floor(Date.now() / 1_000);

  it.each(['RS256', 'ES256'] as const)('are taken with a signature by %s', async (algorithm) => {
    const kid = await issuer.addKey(algorithm);

    const claims = await verifier().verify(await issuer.sign(kid, { scope: 'quire:read' }));

    expect(claims).toMatchObject({ sub: 'nightly-job', scope: 'quire:read' });
  });

  it.each([
    ['of another issuer', () => ({ iss: other.issuer })],
    ['for another audience', () => ({ aud: 'https://elsewhere.example' })],
    ['that has expired', () => ({ exp: nowInSeconds() - 1 })],
    ['that is not valid yet', () => ({ nbf: nowInSeconds() + 60 })],
    ['that never expires', () => ({ exp: undefined })],
    ['of nobody', () => ({ sub: undefined })],
  ])('are refused: one %s', async (_, claims) => {
    const kid = await issuer.addKey('ES256');

    expect(await verifier().verify(await issuer.sign(kid))).toBeDefined();
    expect(await verifier().verify(await issuer.sign(kid, claims()))).toBeUndefined();
  });

  it('are refused: one that another issuer has signed under the same key id', async () => {
    const kid = await issuer.addKey('ES256');
    expect(await other.addKey('ES256')).toBe(kid);

    const forged = await other.sign(kid, { iss: issuer.issuer });

    expect(await verifier().verify(forged)).toBeUndefined();
  });

  it('are refused: one without a signature (`none`), however it is spelled', async () => {
    const kid = await issuer.addKey('ES256');
    const [, payload] = (await issuer.sign(kid)).split('.');
    const unsigned = ['none', 'None', 'NONE'].map((alg) => `${base64({ alg, kid })}.${payload}.`);

    for (const token of unsigned) expect(await verifier().verify(token)).toBeUndefined();
  });

  it('are refused: one signed with the public key as if it were a secret (HS256)', async () => {
    const kid = await issuer.addKey('RS256');
    const [, payload] = (await issuer.sign(kid)).split('.');
    const pem = await issuer.publicKeyOf(kid);
    const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    const signed = `${base64({ alg: 'HS256', kid })}.${payload}`;

    for (const secret of [pem, pem.trim(), der]) {
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await verifier().verify(`${signed}.${signature}`)).toBeUndefined();
    }
  });

  it('are refused: one of an algorithm that was not agreed, by a key that is published', async () => {
    const kid = await issuer.addKey('PS256');

    expect(await verifier().verify(await issuer.sign(kid))).toBeUndefined();
  });

  it('are refused: one of an unknown key; the issuer is not asked again for every such one', async () => {
    await issuer.addKey('ES256');
    const tokens = verifier();
    const kid = await other.addKey('ES256');
    const [, payload, signature] = (await other.sign(kid, { iss: issuer.issuer })).split('.');
    const named = `${base64({ alg: 'ES256', kid: 'k9' })}.${payload}.${signature}`;

    for (let time = 0; time < 5; time += 1) expect(await tokens.verify(named)).toBeUndefined();

    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('are verified with keys that were read once', async () => {
    const kid = await issuer.addKey('ES256');
    const tokens = verifier();

    for (let time = 0; time < 5; time += 1) await tokens.verify(await issuer.sign(kid));

    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it.each(['', 'a', 'a.b.c', '..', `${'a'.repeat(5_000)}.b.c`])(
    'are refused: what is none, %#',
    async (token) => {
      await issuer.addKey('ES256');

      expect(await verifier().verify(token)).toBeUndefined();
    },
  );

  it('are neither taken nor refused while the issuer does not answer, and taken when it does again', async () => {
    const kid = await issuer.addKey('ES256');
    const token = await issuer.sign(kid);
    const tokens = verifier();

    issuer.answerWith(503);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'issuer_unavailable' });
    issuer.answerWith(undefined);

    expect(await tokens.verify(token)).toBeDefined();
  });

  it('are neither taken nor refused by the metadata of another issuer', async () => {
    const token = await issuer.sign(await issuer.addKey('ES256'));

    issuer.claimInMetadata({ issuer: other.issuer });

    await expect(verifier().verify(token)).rejects.toMatchObject({ code: 'issuer_unavailable' });
  });

  it('do not lead to keys in a redirect', async () => {
    const token = await issuer.sign(await issuer.addKey('ES256'));

    issuer.answerWith(302);

    await expect(verifier().verify(token)).rejects.toMatchObject({ code: 'issuer_unavailable' });
  });
});

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
