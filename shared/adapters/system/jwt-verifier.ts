import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { TokenVerifier } from '#shared/ports/token-verifier.ts';

export interface JwtVerifierOptions {
  /** As the tokens name it, to the letter; where its metadata is, follows from it (OpenID Connect Discovery 1.0, § 4). */
  readonly issuer: string;
  /** Who the tokens must be meant for. */
  readonly audience: string;
}

/** Signatures by a key pair only: `none` signs nothing, and HS256 would take a public key for a shared secret. */
const algorithms = ['RS256', 'ES256'];
const timeoutInMs = 4_000;

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** Verifies JSON Web Tokens against the published keys of an OpenID provider. Keys are kept for ten minutes, and read again for an unknown one. */
export function createJwtVerifier({ issuer, audience }: JwtVerifierOptions): TokenVerifier {
  let discovered: Promise<JWTVerifyGetKey> | undefined;
  const keysOf = async () => {
    discovered ??= discover(issuer);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw error;
    }
  };
  return {
    async verify(token) {
      const keys = await keysOf();
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms,
          requiredClaims: ['exp', 'sub'],
        });
        return payload;
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw unavailable(error);
      }
    },
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const metadata = await readMetadata(url);
  const keys = new URL(metadata.jwks_uri);
  if (metadata.issuer !== issuer) throw unavailable(undefined, 'it names another issuer');
  if (url.startsWith('https:') && keys.protocol !== 'https:') {
    throw unavailable(undefined, 'its keys are not behind https');
  }
  return createRemoteJWKSet(keys, { timeoutDuration: timeoutInMs });
}

async function readMetadata(url: string): Promise<z.infer<typeof Metadata>> {
  try {
    // A redirect could lead to keys of somebody else.
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutInMs),
      redirect: 'error',
    });
    return Metadata.parse(await response.json());
  } catch (error) {
    throw unavailable(error);
  }
}

/** Whether it is the token that is wrong; what is left is a provider that did not give its keys. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return !unavailableCodes.has(error.code);
}

/** `ERR_JOSE_GENERIC` is an answer other than 200, or one that is no JSON. */
const unavailableCodes = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

function unavailable(cause: unknown, reason = 'they could not be read'): QuireError {
  return new QuireError(
    'issuer_unavailable',
    `Expected metadata and keys of the issuer of tokens; ${reason}.`,
    { cause },
  );
}
