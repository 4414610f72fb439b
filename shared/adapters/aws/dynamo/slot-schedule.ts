import * as z from 'zod';

/** Slots of an account: the limit as it was set last, and what each worker holds until when. */
export const SlotState = z.object({
  limit: z.int().min(1).optional(),
  limitAtInMs: z.int().default(0),
  leases: z
    .record(z.string(), z.object({ slots: z.int().min(0), expiresAtInMs: z.int() }))
    .default({}),
  version: z.int().min(0).default(0),
});
export type SlotState = z.infer<typeof SlotState>;

/** A lease holds without news of its worker; a worker renews it long before. */
export const leaseInMs = 60_000;
export const renewEveryInMs = 20_000;

/** After a halving the limit grows by one slot in this time. */
const growsByOneInMs = 5_000;
/** Calls that were in flight together are refused together: within this time they are one refusal. */
const sameRefusalInMs = 5_000;

/** The limit in force: what it was halved to, grown back by time, never above the account's own. */
export function limitAt(state: SlotState, most: number, nowInMs: number): number {
  if (state.limit === undefined) return most;
  const grown = Math.floor(Math.max(0, nowInMs - state.limitAtInMs) / growsByOneInMs);
  return Math.min(most, state.limit + grown);
}

/** The state in which a worker holds as many of the slots it wants as are free, for the next minute. */
export function leaseSlots(
  state: SlotState,
  request: { holder: string; wanted: number; most: number; nowInMs: number },
): SlotState {
  const { holder, wanted, most, nowInMs } = request;
  const others = Object.entries(state.leases).filter(
    ([name, lease]) => name !== holder && lease.expiresAtInMs > nowInMs,
  );
  const taken = others.reduce((sum, [, { slots }]) => sum + slots, 0);
  const free = Math.max(0, limitAt(state, most, nowInMs) - taken);
  const slots = Math.min(wanted, free);
  const own = slots === 0 ? [] : [[holder, { slots, expiresAtInMs: nowInMs + leaseInMs }] as const];
  return { ...state, leases: Object.fromEntries([...others, ...own]) };
}

/** The state after the provider has asked to slow down. */
export function halveLimit(
  state: SlotState,
  { most, nowInMs }: { most: number; nowInMs: number },
): SlotState {
  if (state.limit !== undefined && nowInMs - state.limitAtInMs < sameRefusalInMs) return state;
  const limit = Math.max(1, Math.floor(limitAt(state, most, nowInMs) / 2));
  return { ...state, limit, limitAtInMs: nowInMs };
}
