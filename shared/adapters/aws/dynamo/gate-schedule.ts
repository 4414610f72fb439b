import type { GateRequest } from '#shared/ports/gate.ts';

/** What the gate knows of an account: what starts in which second. Times only, so that a worker that dies with an admission leaks nothing. */
export interface GateState {
  /** The second (since the epoch) that the first number below stands for; one number each second from there on. */
  readonly firstSecond: number;
  readonly requests: readonly number[];
  readonly tokens: readonly number[];
  readonly pausedUntilInMs: number;
}

export const idleGate: GateState = {
  firstSecond: 0,
  requests: [],
  tokens: [],
  pausedUntilInMs: 0,
};

/** A minute of any position touches this many whole seconds. */
const secondsInWindow = 61;
/** The part of a minute's allowance that may start within one second: providers dislike a whole minute's worth at once. */
const partInOneSecond = 1 / 5;

/**
 * Admits one request: when it may start, and the state after it. Requests start in the order in which they are admitted.
 *
 * Bound: in no window of 60 s do more than the limit start, however admissions come and however wrong the clocks of workers are, since the 61
 * seconds that such a window can touch hold no more than the limit. A busy account uses 60 of 61 parts of its limit. Tokens likewise, except
 * that a single request of more than the limit starts when the account is idle and stands in for the limit.
 */
export function admit(
  state: GateState,
  request: GateRequest,
): { readonly state: GateState; readonly startAtInMs: number } {
  const { limits, nowInMs } = request;
  const requests = createSeries(state.firstSecond, state.requests, limits.requestsPerMinute);
  const tokens = createSeries(state.firstSecond, state.tokens, limits.tokensPerMinute);
  const lastSecond = state.firstSecond + state.requests.length - 1;
  const earliestInMs = Math.max(nowInMs, state.pausedUntilInMs, lastSecond * 1_000);
  let second = Math.floor(earliestInMs / 1_000);
  while (!requests.fits(second, 1) || !tokens.fits(second, request.tokens)) second += 1;
  const firstSecond = second - secondsInWindow + 1;
  return {
    startAtInMs: Math.ceil(Math.max(earliestInMs, second * 1_000)),
    state: {
      firstSecond,
      requests: requests.with(second, 1, firstSecond),
      tokens: tokens.with(second, request.tokens, firstSecond),
      pausedUntilInMs: state.pausedUntilInMs,
    },
  };
}

/** Amounts by second, under a limit for each minute. */
function createSeries(firstSecond: number, amounts: readonly number[], limit: number | undefined) {
  const at = (second: number) => amounts[second - firstSecond] ?? 0;
  const most = limit ?? 0;
  const mostInOneSecond = Math.max(1, Math.ceil(most * partInOneSecond));
  return {
    fits(second: number, amount: number): boolean {
      if (limit === undefined || amount === 0) return true;
      const from = Math.max(0, second - secondsInWindow + 1 - firstSecond);
      const inWindow = amounts
        .slice(from, Math.max(0, second - firstSecond + 1))
        .reduce((sum, each) => sum + each, 0);
      if (inWindow + Math.min(amount, most) > most) return false;
      // A request that is larger than a second's part has a second of its own.
      return at(second) === 0 || at(second) + amount <= mostInOneSecond;
    },
    /** The amounts of the window that ends with the second, the new one among them. */
    with(second: number, amount: number, from: number): number[] {
      if (limit === undefined) return Array.from({ length: secondsInWindow }, () => 0);
      return Array.from(
        { length: secondsInWindow },
        (_, index) => at(from + index) + (from + index === second ? Math.min(amount, most) : 0),
      );
    },
  };
}
