import { QuireError } from '#shared/domain/errors.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ModelFailure, ModelReply, PendingReply } from '#shared/ports/language-model.ts';
import type { Exchange } from '../internal/exchange.ts';
import { failed, protocolFailure, transportFailure } from '../internal/failures.ts';
import { readReply } from '../internal/read-reply.ts';
import { resultRequest } from './request.ts';
import { createTaskAssembly } from './response.ts';
import { post } from './transport.ts';

/** Waits between polls as Runware's own client has them: a second, then half a second and ever longer. */
const firstWaitInMs = 1_000;
const secondWaitInMs = 500;
const waitGrowth = 1.5;
const longestWaitInMs = 10_000;
/** After this long without a word of the task its result is given up: an unknown id looks like one that is not done. */
const unknownLimitInMs = 60_000;
/** Polls in a row that may fail before the result is given up. */
const mostFailures = 4;

type PollResult =
  | { readonly state: 'done'; readonly reply: ModelReply }
  | { readonly state: 'pending' | 'unknown' }
  | { readonly state: 'failed'; readonly failure: ModelFailure };

/**
 * The result of a task that was accepted. The deadlines of the request bound it as a whole. Who is not patient looks at once, and takes
 * for an answer that it is not there yet; only polls that fail are repeated.
 */
export async function pollForResult(
  exchange: Exchange,
  { baseUrl, clock, isPatient }: { baseUrl: string; clock: Clock; isPatient: boolean },
): Promise<ModelReply | PendingReply> {
  const judge = createJudge(clock);
  let waitInMs = firstWaitInMs;
  for (let count = 0; ; count += 1) {
    if (isPatient || count > 0) await clock.sleep(waitInMs, exchange.watch.signal);
    const polled = await poll(exchange, baseUrl);
    // An id that was forgotten looks like one that is not done: whoever waits for it knows when to give up.
    if (!isPatient && (polled.state === 'pending' || polled.state === 'unknown')) {
      return { isPending: true };
    }
    exchange.watch.alive();
    const reply = judge(polled);
    if (reply !== undefined) return reply;
    waitInMs = count === 0 ? secondWaitInMs : Math.min(waitInMs * waitGrowth, longestWaitInMs);
  }
}

/** Tells when the polling is over, and with what; `undefined` while it goes on. */
function createJudge(clock: Clock): (polled: PollResult) => ModelReply | undefined {
  let knownAtInMs = clock.now();
  let failuresInRow = 0;
  return (polled) => {
    if (polled.state === 'done') return polled.reply;
    if (polled.state === 'failed') {
      failuresInRow += 1;
      const isOver = failuresInRow >= mostFailures || !isPassing(polled.failure);
      return isOver ? failed({ ...polled.failure, isPossiblyBilled: true }) : undefined;
    }
    failuresInRow = 0;
    if (polled.state === 'pending') knownAtInMs = clock.now();
    const isForgotten = clock.now() - knownAtInMs >= unknownLimitInMs;
    return isForgotten ? failed(lostResult()) : undefined;
  };
}

async function poll(exchange: Exchange, baseUrl: string): Promise<PollResult> {
  const { requestId } = exchange.question;
  const assembly = createTaskAssembly(requestId);
  try {
    const response = await post(exchange, { baseUrl, tasks: resultRequest(requestId) });
    const failure = exchange.failure();
    if (failure !== undefined) return { state: 'failed', failure };
    const reply = await readReply(response, exchange, assembly);
    if (assembly.isPending()) return { state: 'pending' };
    return assembly.isUnknown() ? { state: 'unknown' } : { state: 'done', reply };
  } catch (error) {
    if (exchange.watch.signal.aborted) throw error;
    return { state: 'failed', failure: transportFailure(error, true) };
  }
}

/** Whether the same poll may succeed a little later. */
function isPassing({ error }: ModelFailure): boolean {
  return error.code === 'model_rate_limited' || error.code === 'model_unavailable';
}

function lostResult(): ModelFailure {
  const error = new QuireError(
    'model_unavailable',
    'Expected the result of a task that was accepted; the provider does not know it.',
  );
  return { ...protocolFailure('a result', {}), error };
}
