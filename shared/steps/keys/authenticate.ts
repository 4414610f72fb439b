import {
  type ApiKey,
  apiKeyPattern,
  type Caller,
  isUsable,
  lastUseInMs,
} from '#shared/domain/api-key.ts';
import { problemOf } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { unknownKey } from '../tasks/spending.ts';
import { keyHashOf } from './key-hash.ts';

/** Whose key a token is; `undefined` where it is nobody's, has expired or was revoked, which are not told apart. */
export type Authenticate = (token: string) => Promise<Caller | undefined>;

export interface AuthenticatePorts {
  readonly apiKeys: Pick<ApiKeyStore, 'find' | 'noteUse'>;
  /** The key with which a deployment begins. It is in no table; whoever has it is admin of `tenantId`. */
  readonly firstKey: {
    readonly tenantId: TenantId;
    readonly isKnown: (token: string) => Promise<boolean> | boolean;
  };
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** Finds a key by its hash: nothing is compared that could tell by its time how near a guess was. */
export function createAuthenticate(ports: AuthenticatePorts): Authenticate {
  return async (token) => {
    const hash = keyHashOf(token);
    const key = apiKeyPattern.test(token) ? await ports.apiKeys.find(hash) : undefined;
    if (key === undefined) return await callerOfFirstKey(ports, token);
    const nowInMs = ports.clock.now();
    if (!isUsable(key, nowInMs)) return undefined;
    await noteUse(ports, key, nowInMs);
    const { tenantId, keyId, scopes } = key;
    return { tenantId, keyId, scopes };
  };
}

async function callerOfFirstKey(
  { firstKey }: AuthenticatePorts,
  token: string,
): Promise<Caller | undefined> {
  if (!(await firstKey.isKnown(token))) return undefined;
  return { tenantId: firstKey.tenantId, keyId: unknownKey, scopes: ['admin'] };
}

/** Once an hour, and never in the way of the request. */
async function noteUse(ports: AuthenticatePorts, key: ApiKey, nowInMs: number): Promise<void> {
  const unlessAfterInMs = nowInMs - lastUseInMs;
  if (key.lastUsedAtInMs !== undefined && key.lastUsedAtInMs > unlessAfterInMs) return;
  try {
    await ports.apiKeys.noteUse(key.hash, { nowInMs, unlessAfterInMs });
  } catch (error) {
    ports.logger.warn('key-use-not-noted', { keyId: key.keyId, code: problemOf(error).code });
  }
}
