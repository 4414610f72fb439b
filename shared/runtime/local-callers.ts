import { createHash, timingSafeEqual } from 'node:crypto';
import { bearerTokenOf, type Caller } from '#shared/domain/api-key.ts';
import type { ApiDependencies } from '#shared/http/dependencies.ts';
import { createAuthenticate } from '#shared/steps/keys/authenticate.ts';
import { unknownKey } from '#shared/steps/tasks/spending.ts';
import { type LocalRuntime, localTenantId } from './local.ts';

/** Who calls the API of this machine: everybody its admin where no key is set, else whoever has that key or one made with it. */
export function createLocalCallerOf(
  runtime: LocalRuntime,
  firstKey: string | undefined,
): ApiDependencies['callerOf'] {
  const admin: Caller = { tenantId: localTenantId, keyId: unknownKey, scopes: ['admin'] };
  if (firstKey === undefined || firstKey === '') return () => admin;
  const authenticate = createAuthenticate({
    ...runtime,
    firstKey: {
      tenantId: localTenantId,
      isKnown: (token) => timingSafeEqual(digest(token), digest(firstKey)),
    },
  });
  return async (request) => {
    const token = bearerTokenOf(request.headers.get('authorization'));
    return token === undefined ? undefined : await authenticate(token);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
