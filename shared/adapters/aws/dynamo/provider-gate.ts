import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { ProviderLimits, ProviderName } from '#shared/domain/providers.ts';
import type { Admission, GateRequest, ProviderGate } from '#shared/ports/gate.ts';
import { admit, type GateState } from './gate-schedule.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { createStateTable, type DynamoOptions, type StateTable } from './table.ts';

/** Other workers write the gate between our reading and our writing at most this often in a row. */
const maxTries = 50;

/**
 * The gate of an account in DynamoDB: one item with times and a version, written only over the version that was read. Requests that
 * come while a write is under way share the next one, so that a worker with many calls in flight does not compete with itself.
 * An account without limits costs no write; it knows only the pauses that this worker was asked for.
 */
export function createDynamoProviderGate(options: DynamoOptions): ProviderGate {
  const table = createStateTable(options);
  const accounts = new Map<ProviderName, Account>();
  const accountOf = (provider: ProviderName): Account => {
    const account = accounts.get(provider) ?? newAccount(provider);
    accounts.set(provider, account);
    return account;
  };
  return {
    async admit(provider, request) {
      const account = accountOf(provider);
      if (isUnlimited(request.limits)) {
        if (isPausedTooLong(account, request)) return refusal(account);
        return {
          isAdmitted: true,
          startAtInMs: Math.max(request.nowInMs, account.pausedUntilInMs),
        };
      }
      return await new Promise<Admission>((resolve, reject) => {
        account.waiting.push({ request, resolve, reject });
        void admitWaiting(table, account);
      });
    },
    async pause(provider, untilInMs) {
      const account = accountOf(provider);
      account.pausedUntilInMs = Math.max(account.pausedUntilInMs, untilInMs);
      account.known = undefined;
      await table.change({
        key: keys.gate(provider),
        update: 'SET #pausedUntilInMs = :until, #version = if_not_exists(#version, :zero) + :one',
        condition: 'attribute_not_exists(#pausedUntilInMs) OR #pausedUntilInMs < :until',
        values: { until: untilInMs, zero: 0, one: 1 },
      });
    },
  };
}

interface Waiting {
  readonly request: GateRequest;
  readonly resolve: (admission: Admission) => void;
  readonly reject: (error: unknown) => void;
}

/** A provider's account as this worker sees it. */
interface Account {
  readonly provider: ProviderName;
  readonly waiting: Waiting[];
  isWriting: boolean;
  /** The gate as we have written it; wrong as soon as another worker writes, which the version then tells. */
  known: StoredGate | undefined;
  pausedUntilInMs: number;
}

const StoredGate = z.object({
  firstSecond: z.int().default(0),
  requests: z.array(z.number()).default([]),
  tokens: z.array(z.number()).default([]),
  pausedUntilInMs: z.number().default(0),
  version: z.int().min(0).default(0),
});
type StoredGate = z.infer<typeof StoredGate>;

function newAccount(provider: ProviderName): Account {
  return { provider, waiting: [], isWriting: false, known: undefined, pausedUntilInMs: 0 };
}

function isUnlimited({ requestsPerMinute, tokensPerMinute }: ProviderLimits): boolean {
  return requestsPerMinute === undefined && tokensPerMinute === undefined;
}

/** Never rejects: each waiting request gets its answer or its error. */
async function admitWaiting(table: StateTable, account: Account): Promise<void> {
  if (account.isWriting) return;
  account.isWriting = true;
  while (account.waiting.length > 0) {
    const wave = account.waiting.splice(0);
    try {
      const admissions = await admitWave(table, account, wave);
      for (const { resolve, admission } of admissions) resolve(admission);
    } catch (error) {
      for (const { reject } of wave) reject(error);
    }
  }
  account.isWriting = false;
}

async function admitWave(table: StateTable, account: Account, wave: readonly Waiting[]) {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const gate = account.known ?? (await readGate(table, account.provider));
    let state: GateState = gate;
    const admissions = wave.map(({ request, resolve }) => {
      if (isPausedTooLong(state, request)) return { resolve, admission: refusal(state) };
      const admitted = admit(state, request);
      state = admitted.state;
      return {
        resolve,
        admission: { isAdmitted: true as const, startAtInMs: admitted.startAtInMs },
      };
    });
    const written = await writeGate(table, account.provider, { ...gate, ...state });
    account.known = written;
    if (written !== undefined) return admissions;
  }
  throw new QuireError(
    'store_unavailable',
    `Expected the gate of ${account.provider} to be written in ${maxTries} tries; other workers wrote it every time. Use fewer workers.`,
    { details: { provider: account.provider } },
  );
}

function isPausedTooLong(
  { pausedUntilInMs }: Pick<GateState, 'pausedUntilInMs'>,
  { nowInMs, longestPauseInMs = Number.POSITIVE_INFINITY }: GateRequest,
): boolean {
  return pausedUntilInMs - nowInMs > longestPauseInMs;
}

function refusal({ pausedUntilInMs }: Pick<GateState, 'pausedUntilInMs'>): Admission {
  return { isAdmitted: false, pausedUntilInMs };
}

async function readGate(table: StateTable, provider: ProviderName): Promise<StoredGate> {
  return parseItem(StoredGate, (await table.get(keys.gate(provider))) ?? {}, 'gate');
}

/** `undefined` where another worker has written since. */
async function writeGate(
  table: StateTable,
  provider: ProviderName,
  gate: GateState & Pick<StoredGate, 'version'>,
): Promise<StoredGate | undefined> {
  const item = await table.change({
    key: keys.gate(provider),
    update: 'SET #firstSecond = :first, #requests = :requests, #tokens = :tokens, #version = :next',
    condition: gate.version === 0 ? 'attribute_not_exists(#pk)' : '#version = :version',
    values: {
      first: gate.firstSecond,
      requests: gate.requests,
      tokens: gate.tokens,
      next: gate.version + 1,
      ...(gate.version === 0 ? {} : { version: gate.version }),
    },
  });
  return item === undefined ? undefined : parseItem(StoredGate, item, 'gate');
}
