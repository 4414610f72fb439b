import type { GateRequest } from '#shared/ports/gate.ts';

/** What the gate knows of an account: times only, so that a worker that dies with an admission leaks nothing. */
export interface GateState {
  /** Theoretical arrival times (GCRA): when the account would be idle if everything admitted were evenly spread. */
  readonly requestsArrivalInMs: number;
  readonly tokensArrivalInMs: number;
  readonly pausedUntilInMs: number;
}

/**
 * Admits one request: when it may start, and the state after it. Of a limit of L a minute, a fifth may start at once (b) and the rest
 * follows evenly, one every T = 60 s / (L − b + 1): 50 requests a minute are 10 at once and then one every 1.46 s.
 *
 * Bound: in no window of 60 s do more than L start, in whatever order admissions come and however wrong the clocks of workers are.
 * For any admissions of one window, the first of which starts at s and the last at s + d (d < 60 s), the arrival time has moved from at
 * least s by T each and is at most b·T past the last start, so they are at most b + d/T < L + 1. Tokens likewise, except that a
 * single request of more than b tokens starts when the account is idle and stands in for b in the bound.
 */
export function admit(
  state: GateState,
  request: GateRequest,
): { readonly state: GateState; readonly startAtInMs: number } {
  const { limits, nowInMs } = request;
  const requests = chargeOf(limits.requestsPerMinute, 1);
  const tokens = chargeOf(limits.tokensPerMinute, request.tokens);
  const startAtInMs = Math.ceil(
    Math.max(
      nowInMs,
      state.pausedUntilInMs,
      state.requestsArrivalInMs - requests.slackInMs,
      state.tokensArrivalInMs - tokens.slackInMs,
    ),
  );
  const arrivalAfter = (arrivalInMs: number, charge: Charge) =>
    Math.max(arrivalInMs, startAtInMs) + charge.costInMs;
  return {
    startAtInMs,
    state: {
      ...state,
      requestsArrivalInMs: arrivalAfter(state.requestsArrivalInMs, requests),
      tokensArrivalInMs: arrivalAfter(state.tokensArrivalInMs, tokens),
    },
  };
}

/** What an admission takes from a limit: how far it moves the arrival time, and how far before that time it may start. */
interface Charge {
  readonly costInMs: number;
  readonly slackInMs: number;
}

const minuteInMs = 60_000;
/** The part of a minute's allowance that may start at once. More makes small tasks faster and large ones slower. */
const burstPart = 1 / 5;

function chargeOf(limitPerMinute: number | undefined, amount: number): Charge {
  if (limitPerMinute === undefined) return { costInMs: 0, slackInMs: Number.POSITIVE_INFINITY };
  const burst = Math.max(1, Math.floor(limitPerMinute * burstPart));
  const intervalInMs = minuteInMs / (limitPerMinute - burst + 1);
  return { costInMs: amount * intervalInMs, slackInMs: Math.max(0, burst - amount) * intervalInMs };
}
