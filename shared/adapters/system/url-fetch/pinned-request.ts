import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import type { Target } from './target.ts';

export interface HttpResponse {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection, however much of the body has been read. */
  close(): Promise<void>;
}

/** One GET, without redirects, cookies or decoding. */
export type HttpGet = (target: Target, signal: AbortSignal) => Promise<HttpResponse>;

/** What is posted. */
export interface HttpPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ownHeaders = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'quire' };

/** A GET to the checked addresses of a target. */
export const pinnedGet: HttpGet = (target, signal) =>
  pinnedRequest(target, { method: 'GET', headers: ownHeaders }, signal);

/** One POST to the checked addresses of a target, without redirects, cookies or decoding. */
export function pinnedPost(
  target: Target,
  { headers, body }: HttpPost,
  signal: AbortSignal,
): Promise<HttpResponse> {
  return pinnedRequest(
    target,
    { method: 'POST', headers: { ...ownHeaders, ...headers }, body },
    signal,
  );
}

interface PinnedRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Connects to the checked addresses only, with the name of the URL as SNI and Host: a name that resolves to something else by now
 * (rebinding) changes nothing. An agent serves one request, so that no connection is ever shared between names.
 */
async function pinnedRequest(
  { url, addresses }: Target,
  sent: PinnedRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const agent = new Agent({
    allowH2: false,
    connections: 1,
    connect: { lookup: lookupOf(addresses) },
    // The caller's deadline is the only one; these would run on a clock of their own.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const close = () => agent.destroy();
  try {
    const {
      statusCode,
      headers: received,
      body,
    } = await request(url, {
      ...sent,
      dispatcher: agent,
      signal,
    });
    // A body that nobody reads to its end is destroyed with its connection, which is no news.
    body.on('error', () => undefined);
    return { status: statusCode, headers: received, body, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (host, options, callback) => {
    const [first] = all;
    if (first === undefined) callback(new Error(`No address of ${host} was checked.`), '');
    else if (options.all === true) callback(null, all);
    else callback(null, first.address, first.family);
  };
}
