import type {
  LanguageModel,
  ModelFailure,
  ModelReply,
  PendingReply,
} from '#shared/ports/language-model.ts';
import { defaultTimeouts } from '../internal/deadlines.ts';
import { createModel, type Exchange, type ModelOptions } from '../internal/exchange.ts';
import { failed, transportFailure } from '../internal/failures.ts';
import { parseJson } from '../internal/parse-json.ts';
import { readReply } from '../internal/read-reply.ts';
import { classifyRunware } from './errors.ts';
import { pollForResult } from './poll.ts';
import { inferenceRequest, isAnnounced, type RunwareRoute, unsendableReason } from './request.ts';
import { createTaskAssembly } from './response.ts';
import { post } from './transport.ts';

/**
 * MiniMax M2.7 at Runware. A task is known by its UUID and billed once: where a connection breaks, the very same task is sent once more,
 * and what was accepted before is fetched instead of generated again (providers.md Q39). Where the result is announced, nobody waits for it:
 * the reply is that it is pending, and the same question, asked again as accepted, fetches it.
 */
export function createRunwareModel(
  options: ModelOptions & { readonly route?: RunwareRoute },
): LanguageModel {
  const { profile, baseUrl, clock, route = 'stream' } = options;
  const converse = async (exchange: Exchange): Promise<ModelReply | PendingReply> => {
    const { question } = exchange;
    const polling = { baseUrl, clock, isPatient: !isAnnounced(question, route) };
    if (question.isAccepted === true) return await pollForResult(exchange, polling);
    const unsendable = unsendableReason(question);
    if (unsendable !== undefined) return failed(neverSent(unsendable));
    const request = { baseUrl, tasks: inferenceRequest(question, profile, route) };
    return await answerTo(exchange, request, polling);
  };
  return createModel(
    { ...options, timeouts: timeoutsOf(options.timeouts ?? defaultTimeouts, route) },
    { converse, classify: classifyRunware },
  );
}

/** Submits a task and waits for its result, where it is to be waited for. */
async function answerTo(
  exchange: Exchange,
  request: Parameters<typeof post>[1],
  polling: Parameters<typeof pollForResult>[1],
): Promise<ModelReply | PendingReply> {
  const { submitted, wasSentBefore } = await submitOnceMore(exchange, request);
  // The address of the announcement was with the first sending too.
  if (submitted.state === 'pending' && !polling.isPatient) return { isPending: true };
  const isAccepted = submitted.state === 'conflict' && wasSentBefore;
  if (submitted.state === 'pending' || isAccepted) return await pollForResult(exchange, polling);
  return wasSentBefore ? maybeBilled(submitted.reply) : submitted.reply;
}

/** What became of a submitted task. */
type Submitted =
  | { readonly state: 'replied'; readonly reply: ModelReply }
  /** Accepted, and not done yet. */
  | { readonly state: 'pending' }
  /** Refused, since its id is known. */
  | { readonly state: 'conflict'; readonly reply: ModelReply }
  /** It may have been accepted, but its answer did not come, or not to its end. */
  | { readonly state: 'lost'; readonly reply: ModelReply };

/** Where nobody knows what became of the task, it is sent once more. */
async function submitOnceMore(
  exchange: Exchange,
  request: Parameters<typeof post>[1],
): Promise<{ readonly submitted: Submitted; readonly wasSentBefore: boolean }> {
  const { isResent } = exchange.question;
  const first = await submit(exchange, request);
  if (first.state !== 'lost') return { submitted: first, wasSentBefore: isResent };
  return { submitted: await submit(exchange, request), wasSentBefore: true };
}

async function submit(exchange: Exchange, request: Parameters<typeof post>[1]): Promise<Submitted> {
  const assembly = createTaskAssembly(exchange.question.requestId);
  try {
    const response = await post(exchange, request);
    const failure = exchange.failure();
    if (failure !== undefined) {
      assembly.add(parseJson(await response.text()));
      const state = assembly.isConflict() ? 'conflict' : 'replied';
      return { state, reply: failed(failure) };
    }
    const reply = await readReply(response, exchange, assembly);
    if (assembly.isPending()) return { state: 'pending' };
    if (assembly.isConflict()) return { state: 'conflict', reply };
    return { state: isCut(reply) ? 'lost' : 'replied', reply };
  } catch (error) {
    if (exchange.watch.signal.aborted) throw error;
    const failure = transportFailure(error, false);
    return { state: failure.isPossiblyBilled ? 'lost' : 'replied', reply: failed(failure) };
  }
}

/** The answer was begun and did not come to its end, or cannot be read. */
function isCut(reply: ModelReply): boolean {
  return !reply.isAnswer && reply.failure.error.code === 'model_protocol_error';
}

/** An earlier sending of the task may have been served, whatever became of this one. */
function maybeBilled(reply: ModelReply): ModelReply {
  return reply.isAnswer ? reply : failed({ ...reply.failure, isPossiblyBilled: true });
}

function neverSent(error: ModelFailure['error']): ModelFailure {
  return { error, usage: {}, isPossiblyBilled: false, retryAfterInMs: undefined };
}

/** Without a stream the first byte comes with the last. */
function timeoutsOf(timeouts: typeof defaultTimeouts, route: RunwareRoute) {
  return route === 'sync' ? { ...timeouts, firstByteInMs: timeouts.totalInMs } : timeouts;
}
