import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatorClock } from '../clock.ts';
import type { FaultName } from '../fault-names.ts';
import type { FaultPlan } from '../faults.ts';
import type { Random } from '../random.ts';
import type { Recorder } from '../report.ts';
import type { Profile, ServiceName } from './question.ts';
import type { ThinkingMode } from './shape.ts';

/** An answer that says something else than it would have without a fault. */
export interface ToldLie {
  readonly fault: FaultName;
  /** Name and version of the prompt that was answered. */
  readonly prompt: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly honest: string;
  readonly told: string;
}

/** What all routes of a simulator share. */
export interface SimulatorContext {
  readonly recorder: Recorder;
  readonly faults: FaultPlan;
  readonly clock: SimulatorClock;
  readonly startedAtInMs: number;
  readonly latencyInMs: { readonly low: number; readonly high: number };
  readonly latencyRandom: Random;
  readonly thinking: ThinkingMode;
  readonly thinkingTokens: number;
  readonly profile: Profile;
  /** Hears of each lie when it is told. */
  readonly onLie: (lie: ToldLie) => void;
  /** The number of the next question of the server, from 1. */
  nextArrival(): number;
}

/** A request with the names in its path, and what its line in the log will say. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly params: Readonly<Record<string, string>>;
  readonly note: { provider?: string; fault?: FaultName | undefined };
}

export type Handler = (exchange: Exchange) => Promise<void> | void;

export function drawFault(
  { faults, clock, startedAtInMs }: SimulatorContext,
  provider: ServiceName,
): FaultName | undefined {
  return faults.next({ provider, elapsedInMs: clock.now() - startedAtInMs });
}

export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(Buffer.from(part));
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** How long the next answer takes. */
export function drawLatency({
  latencyInMs: { low, high },
  latencyRandom,
}: SimulatorContext): number {
  return high <= 0 ? 0 : low + (high - low) * latencyRandom();
}

/** Waits that long, or until the client goes away. */
export async function waitFor(
  durationInMs: number,
  { clock }: SimulatorContext,
  response: ServerResponse,
): Promise<void> {
  if (durationInMs <= 0 || response.destroyed) return;
  await Promise.race([clock.sleep(durationInMs), once(response, 'close')]);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
