import { createHash, timingSafeEqual } from 'node:crypto';
import { apiKeyPrefix } from '#shared/domain/environment.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** The keys that the API accepts. */
export interface ApiKeys {
  isKnown(token: string): Promise<boolean>;
}

/** How long known keys are kept, and with that how long a withdrawn one may still work here. */
const cacheInMs = 60_000;
/** An unknown key reads the secret again, so that a new one works at once; but not more often than this. */
const rereadAfterInMs = 10_000;

/**
 * Checks keys against a secret that lists them, one a line, so that an old and a new one work side by side during a rotation. A line
 * without the prefix `qk_` (Secrets Manager generates no prefixes) stands for the key with it. Only hashes are kept and compared.
 */
export function createApiKeys(deps: {
  readSecret: () => Promise<string | undefined>;
  clock: Pick<Clock, 'now'>;
}): ApiKeys {
  let hashes: readonly Buffer[] = [];
  let readAtInMs = Number.NEGATIVE_INFINITY;

  const refresh = async (maxAgeInMs: number) => {
    if (deps.clock.now() - readAtInMs < maxAgeInMs) return;
    hashes = keysIn((await deps.readSecret()) ?? '').map(hashOf);
    readAtInMs = deps.clock.now();
  };

  return {
    async isKnown(token) {
      const asked = hashOf(token);
      await refresh(cacheInMs);
      if (isAmong(hashes, asked)) return true;
      await refresh(rereadAfterInMs);
      return isAmong(hashes, asked);
    },
  };
}

function keysIn(secret: string): readonly string[] {
  const lines = secret.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => (line.startsWith(apiKeyPrefix) ? line : `${apiKeyPrefix}${line}`));
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Compares with every key, so that the time tells nothing. */
function isAmong(hashes: readonly Buffer[], asked: Buffer): boolean {
  return hashes.reduce((isFound, hash) => timingSafeEqual(hash, asked) || isFound, false);
}
