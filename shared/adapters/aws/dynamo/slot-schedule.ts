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

export interface LeaseRequest {
  readonly holder: string;
  /** Calls that are in flight already. A limit that is lowered ends none of them: they stay counted. */
  readonly held: number;
  readonly wanted: number;
  readonly most: number;
  readonly nowInMs: number;
}

/** The state with a worker's lease for the next minute, and how many of the slots it wants it is granted. */
export function leaseSlots(
  state: SlotState,
  { holder, held, wanted, most, nowInMs }: LeaseRequest,
): { readonly state: SlotState; readonly granted: number } {
  const others = Object.entries(state.leases).filter(
    ([name, lease]) => name !== holder && lease.expiresAtInMs > nowInMs,
  );
  const taken = others.reduce((sum, [, { slots }]) => sum + slots, 0);
  const free = Math.max(0, limitAt(state, most, nowInMs) - taken);
  const granted = Math.min(wanted, free);
  const slots = Math.max(held, granted);
  const own = slots === 0 ? [] : [[holder, { slots, expiresAtInMs: nowInMs + leaseInMs }] as const];
  return { state: { ...state, leases: Object.fromEntries([...others, ...own]) }, granted };
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
