import { Webhook } from 'standardwebhooks';
import { isQuireError, QuireError } from '#shared/domain/errors.ts';
import type {
  CallbackAnswer,
  CallbackSender,
  OutboundCallback,
} from '#shared/ports/callback-sender.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { withDeadline } from './url-fetch/deadline.ts';
import { connectionFailure, unreachable } from './url-fetch/failures.ts';
import { type HttpPost, type HttpResponse, pinnedPost } from './url-fetch/pinned-request.ts';
import {
  checkTarget,
  parseUrl,
  type ResolveHost,
  resolveHost,
  type Target,
} from './url-fetch/target.ts';

export interface CallbackSenderOptions {
  readonly clock: Clock;
  /** Lets `http:` URLs of this machine pass; for tests. */
  readonly allowsLoopback?: boolean;
  readonly resolve?: ResolveHost;
}

/** The answer tells all by its status; a little of the body is read so that a receiver is not cut off while it writes. */
const readSizeInBytes = 4_096;
const readTimeInMs = 1_000;

/**
 * Webhooks as Standard Webhooks signs them, sent where strangers point: to addresses of the public Internet that are checked before
 * anything is connected, at every delivery again; a redirect is an answer and not followed.
 */
export function createCallbackSender(options: CallbackSenderOptions): CallbackSender {
  const { clock, allowsLoopback = false, resolve = resolveHost } = options;
  const targetOf = (url: URL) => checkTarget(url, { allowsLoopback, resolve });
  return {
    async check(text) {
      try {
        await withDeadline(clock, checkDeadline, async () => targetOf(parseUrl(text)));
      } catch (error) {
        throw asCallbackError(error);
      }
    },
    async send(callback, { timeoutInMs: durationInMs, signal }) {
      const url = parseUrl(callback.url);
      const error = () =>
        unreachable(url, `Expected ${url.hostname} to answer in time, it has not`, {
          details: { timeoutInMs: durationInMs },
        });
      return await withDeadline(clock, { durationInMs, error }, async (expiry) => {
        const target = await targetOf(url);
        return await post(target, {
          sent: signed(callback, clock.now()),
          signal: signal === undefined ? expiry : AbortSignal.any([expiry, signal]),
          clock,
        });
      });
    },
  };
}

const checkDeadline = {
  durationInMs: 5_000,
  error: () =>
    new QuireError('url_unreachable', 'Expected the host of the URL to resolve in time.'),
};

async function post(
  target: Target,
  { sent, signal, clock }: { sent: HttpPost; signal: AbortSignal; clock: Clock },
): Promise<CallbackAnswer> {
  signal.throwIfAborted();
  const response = await pinnedPost(target, sent, signal).catch((cause: unknown) => {
    throw signal.aborted ? signal.reason : connectionFailure(target.url, cause);
  });
  try {
    await readSome(response, clock);
    return answerOf(response, clock.now());
  } finally {
    await response.close();
  }
}

/** Headers and body of a webhook. */
function signed({ eventId, secret, body }: OutboundCallback, nowInMs: number): HttpPost {
  const at = new Date(nowInMs);
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(nowInMs / 1_000)),
      'webhook-signature': new Webhook(secret).sign(eventId, at, body),
    },
    body,
  };
}

/** Whatever becomes of the rest of the body: the status has been received. */
async function readSome({ body }: HttpResponse, clock: Clock): Promise<void> {
  const timer = new AbortController();
  const read = async () => {
    let length = 0;
    for await (const part of body) {
      length += part.byteLength;
      if (length >= readSizeInBytes) return;
    }
  };
  const isOver = clock.sleep(readTimeInMs, timer.signal);
  await Promise.race([read(), isOver]).catch(() => undefined);
  timer.abort();
}

function answerOf({ status, headers }: HttpResponse, nowInMs: number): CallbackAnswer {
  const text = [headers['retry-after']].flat().at(-1)?.trim() ?? '';
  if (text === '') return { status };
  const seconds = Number(text);
  const waitInMs = seconds >= 0 ? seconds * 1_000 : Date.parse(text) - nowInMs;
  return Number.isNaN(waitInMs) ? { status } : { status, retryAfterInMs: Math.max(0, waitInMs) };
}

/** The checks speak of files that are fetched; here it is about a URL that is called. */
function asCallbackError(error: unknown): unknown {
  if (!isQuireError(error)) return error;
  return new QuireError(
    error.code,
    'Expected options.callbackUrl to be an https URL of a public host that resolves, on port 443 and without a user name; got another one.',
    { details: error.details, cause: error },
  );
}
