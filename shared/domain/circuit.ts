import * as z from 'zod';
import { ErrorCodeSchema } from './errors.ts';

/**
 * Health of a provider for one key, as all workers share it. `open`: nobody asks until the time. `probing`: one worker asks one question
 * to see whether it is well again; its lease ends by time, so that a dead one blocks nothing.
 */
export const CircuitState = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('closed'),
    /** How long it was open last, and since when it is closed: a provider that flaps waits longer each time. */
    cooldownInMs: z.int().min(0),
    closedAtInMs: z.int(),
  }),
  z.object({
    state: z.literal('open'),
    cooldownInMs: z.int().min(1),
    untilInMs: z.int(),
    reason: ErrorCodeSchema,
  }),
  z.object({
    state: z.literal('probing'),
    cooldownInMs: z.int().min(1),
    untilInMs: z.int(),
    reason: ErrorCodeSchema,
  }),
]);
export type CircuitState = z.infer<typeof CircuitState>;

export const closedCircuit: CircuitState = { state: 'closed', cooldownInMs: 0, closedAtInMs: 0 };

const firstCooldownInMs = 5_000;
const longestCooldownInMs = 300_000;
/** Nothing gets better by itself here: a key or an account is to be put right first. */
const keyCooldownInMs = 60_000;
/** Within this many cool-downs of its closing, a circuit that opens again takes up where it was. */
const flappingFactor = 10;
/** How long a probe may take: longer than a call. */
const probeLeaseInMs = 660_000;

/** The circuit after a failure that opens it: for 5 s at first, twice as long each time in a row, 5 minutes at most. */
export function openCircuit(
  circuit: CircuitState,
  failure: { reason: z.infer<typeof ErrorCodeSchema>; nowInMs: number },
): CircuitState {
  const { reason, nowInMs } = failure;
  const shortest = isAboutKey(reason) ? keyCooldownInMs : firstCooldownInMs;
  const former = isFlapping(circuit, nowInMs) ? circuit.cooldownInMs * 2 : 0;
  const cooldownInMs = Math.min(longestCooldownInMs, Math.max(shortest, former));
  return { state: 'open', cooldownInMs, untilInMs: nowInMs + cooldownInMs, reason };
}

/** The circuit for the worker that asks the probe; `undefined` where it is not time for one. */
export function probeCircuit(circuit: CircuitState, nowInMs: number): CircuitState | undefined {
  if (circuit.state === 'closed' || nowInMs < circuit.untilInMs) return undefined;
  return { ...circuit, state: 'probing', untilInMs: nowInMs + probeLeaseInMs };
}

/** The circuit after its provider has served a probe. */
export function closeCircuit(circuit: CircuitState, nowInMs: number): CircuitState {
  return { state: 'closed', cooldownInMs: circuit.cooldownInMs, closedAtInMs: nowInMs };
}

function isFlapping(circuit: CircuitState, nowInMs: number): boolean {
  if (circuit.state !== 'closed') return true;
  return nowInMs - circuit.closedAtInMs < circuit.cooldownInMs * flappingFactor;
}

function isAboutKey(reason: z.infer<typeof ErrorCodeSchema>): boolean {
  return reason === 'model_auth_failed' || reason === 'model_quota_exhausted';
}
