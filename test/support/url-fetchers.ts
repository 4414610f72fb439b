import type { ResolveHost } from '#shared/adapters/system/url-fetch/target.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { problemOf } from '#shared/domain/errors.ts';
import type { FileServer } from './file-servers.ts';
import { createManualClock } from './manual-clock.ts';

/** Of {@link createTestFetcher}. */
export const maxSizeInBytes = 200_000;

/** A fetcher over real sockets whose clock stands still; it may reach this machine only where it is told so. */
export function createTestFetcher(
  options: { allowsLoopback?: boolean; resolve?: ResolveHost } = {},
) {
  const clock = createManualClock(0);
  const fetcher = createUrlFetcher({ clock, allowsLoopback: true, ...options });
  const limits = { maxSizeInBytes, timeoutInMs: 30_000 };
  return {
    clock,
    fetch: async (url: string) => {
      try {
        const { name, bytes } = await fetcher.fetch(url, limits);
        return { name, bytes: Buffer.from(bytes) };
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}

export function urlOf({ port }: FileServer, path = '/file.txt'): string {
  return `http://127.0.0.1:${port}${path}`;
}
