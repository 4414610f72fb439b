import type { Clock } from '#shared/ports/clock.ts';
import type { FetchedFile, FetchLimits, UrlFetcher } from '#shared/ports/url-fetcher.ts';
import { withDeadline } from './url-fetch/deadline.ts';
import { connectionFailure, forbidden, unreachable } from './url-fetch/failures.ts';
import { fileNameOf } from './url-fetch/file-name.ts';
import { type HttpGet, type HttpResponse, pinnedGet } from './url-fetch/pinned-request.ts';
import { readBody } from './url-fetch/read-body.ts';
import { checkTarget, parseUrl, type ResolveHost, resolveHost } from './url-fetch/target.ts';

export interface UrlFetcherOptions {
  readonly clock: Clock;
  /** Lets `http:` URLs of this machine pass; for tests. Never in a deployment. */
  readonly allowsLoopback?: boolean;
  readonly resolve?: ResolveHost;
  readonly get?: HttpGet;
}

const maxRedirects = 3;
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Fetches what strangers point at, without being pointed at ourselves: https on port 443 to addresses of the public Internet, which are
 * checked before anything is connected, at every redirect again.
 */
export function createUrlFetcher(options: UrlFetcherOptions): UrlFetcher {
  const { clock, allowsLoopback = false, resolve = resolveHost, get = pinnedGet } = options;
  return {
    async fetch(text, limits) {
      const url = parseUrl(text);
      const { timeoutInMs: durationInMs } = limits;
      const error = () =>
        unreachable(url, `Expected the file of ${url.hostname} in time, it has not arrived`, {
          details: { timeoutInMs: durationInMs },
        });
      return await withDeadline(clock, { durationInMs, error }, (signal) =>
        follow({ allowsLoopback, resolve, get, limits, signal }, url),
      );
    },
  };
}

interface Run {
  readonly allowsLoopback: boolean;
  readonly resolve: ResolveHost;
  readonly get: HttpGet;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
}

async function follow(run: Run, first: URL): Promise<FetchedFile> {
  let url = first;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const reached = await visit(run, url);
    if (!(reached instanceof URL)) return reached;
    if (url.protocol === 'https:' && reached.protocol !== 'https:') {
      throw forbidden(reached, 'Expected a redirect to https, got one to another scheme');
    }
    url = reached;
  }
  throw unreachable(
    first,
    `Expected at most ${maxRedirects} redirects, ${first.hostname} led to more`,
  );
}

/** The file, or where the server says it is. */
async function visit(run: Run, url: URL): Promise<FetchedFile | URL> {
  const target = await checkTarget(url, run);
  run.signal.throwIfAborted();
  try {
    const response = await run.get(target, run.signal);
    try {
      return await read(run, url, response);
    } finally {
      await response.close();
    }
  } catch (cause) {
    throw connectionFailure(url, cause);
  }
}

async function read(run: Run, url: URL, response: HttpResponse): Promise<FetchedFile | URL> {
  const { status, headers } = response;
  const location = headers['location'];
  if (redirectStatuses.includes(status) && typeof location === 'string') {
    return parseUrl(location, url);
  }
  if (status !== 200) {
    throw unreachable(url, `Expected status 200 of ${url.hostname}, got ${status}`, {
      details: { status },
    });
  }
  const bytes = await readBody(url, response, run.limits.maxSizeInBytes);
  return { name: fileNameOf(url, headers['content-disposition']), bytes };
}
