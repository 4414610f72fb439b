import type { ProviderName } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ConcurrencySlots, Slot, SlotRequest } from '#shared/ports/slots.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { halveLimit, leaseSlots, renewEveryInMs, SlotState } from './slot-schedule.ts';
import { createStateTable, type DynamoOptions, type StateTable } from './table.ts';

/** How often a worker that waits for others' slots looks again. */
const lookAgainInMs = 1_000;
/** Other workers write the slots between our reading and our writing at most this often in a row. */
const maxTries = 50;

export interface ConcurrencySlotsOptions extends DynamoOptions {
  readonly clock: Clock;
  /** Names the worker. One that comes back under the same name takes over what it held. */
  readonly holder: string;
}

/**
 * Slots in DynamoDB: one item for each provider, in which a worker leases as many slots as it has use for in one write. It renews the lease
 * while calls are in flight, and ends it with the last of them.
 */
export function createDynamoConcurrencySlots(options: ConcurrencySlotsOptions): ConcurrencySlots {
  const accounts = new Map<ProviderName, Account>();
  const accountOf = (provider: ProviderName): Account => {
    const account = accounts.get(provider) ?? createAccount(provider, options);
    accounts.set(provider, account);
    return account;
  };
  return {
    acquire: (provider, request) => accountOf(provider).acquire(request),
    slowDown: (provider, limits) => accountOf(provider).slowDown(limits.maxInFlight),
  };
}

interface Account {
  acquire(request: SlotRequest): Promise<Slot | undefined>;
  slowDown(most: number): Promise<void>;
}

function createAccount(provider: ProviderName, options: ConcurrencySlotsOptions): Account {
  const { clock } = options;
  const lease = createLease(provider, options);
  const queue = createQueue(clock);
  let most = 1;
  let running = 0;
  let work: Promise<void> | undefined;
  let pause = new AbortController();

  const letIn = () => {
    running += queue.letIn(lease.granted() - running);
  };
  /** As long as calls wait or run: get them slots, and keep the lease alive. Ends by giving the lease back. */
  const serve = async (): Promise<void> => {
    while (running + queue.size() > 0) {
      await lease.renew(Math.min(most, running + queue.size()), most);
      letIn();
      pause = new AbortController();
      const pauseInMs = queue.size() > 0 ? lookAgainInMs : renewEveryInMs;
      await clock.sleep(pauseInMs, pause.signal).catch(() => undefined);
    }
    await lease.renew(0, most);
  };
  const wake = () => {
    pause.abort();
    work ??= serve()
      // A store that is away must not lose calls their turn: they go on without a lease, and the provider's own limit holds.
      .catch(() => {
        running += queue.letIn(Number.POSITIVE_INFINITY);
      })
      .finally(() => {
        work = undefined;
      });
  };
  const slot: Slot = {
    async leave() {
      running -= 1;
      letIn();
      if (running + queue.size() > 0) return;
      pause.abort();
      await work;
    },
  };
  return {
    async acquire(request) {
      request.signal.throwIfAborted();
      most = request.limits.maxInFlight;
      if (work !== undefined && queue.size() === 0 && running < lease.granted()) {
        running += 1;
        return slot;
      }
      const turn = queue.wait(request);
      wake();
      return (await turn) ? slot : undefined;
    },
    slowDown: (limit) => lease.slowDown(limit),
  };
}

/** Calls that wait for a slot, first come, first served. */
function createQueue(clock: Clock) {
  const waiting = new Set<{ untilInMs: number; enter: (isIn: boolean) => void }>();
  return {
    size: () => waiting.size,
    /** Lets in as many as there is room for, sends away those whose time is up, and tells how many are in. */
    letIn(room: number): number {
      let entered = 0;
      for (const each of waiting) {
        const isLate = clock.now() > each.untilInMs;
        if (!isLate && entered >= room) continue;
        waiting.delete(each);
        if (!isLate) entered += 1;
        each.enter(!isLate);
      }
      return entered;
    },
    wait: ({ untilInMs, signal }: SlotRequest) =>
      new Promise<boolean>((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(each);
          reject(signal.reason);
        };
        const each = {
          untilInMs,
          enter(isIn: boolean) {
            signal.removeEventListener('abort', giveUp);
            resolve(isIn);
          },
        };
        waiting.add(each);
        signal.addEventListener('abort', giveUp, { once: true });
      }),
  };
}

/** This worker's part of the item. */
function createLease(provider: ProviderName, options: ConcurrencySlotsOptions) {
  const { clock, holder } = options;
  const table = createStateTable(options);
  let state: SlotState | undefined;
  const granted = () => state?.leases[holder]?.slots ?? 0;
  return {
    granted,
    async renew(wanted: number, most: number): Promise<void> {
      state = await rewrite(table, { provider, known: state }, (current) =>
        leaseSlots(current, { holder, wanted, most, nowInMs: clock.now() }),
      );
    },
    async slowDown(most: number): Promise<void> {
      state = await rewrite(table, { provider, known: state }, (current) => {
        const nowInMs = clock.now();
        const halved = halveLimit(current, { most, nowInMs });
        const wanted = Math.min(granted(), halved.limit ?? most);
        return leaseSlots(halved, { holder, wanted, most, nowInMs });
      });
    },
  };
}

/** Changes the item over the version that is known, reading it again where another worker was faster. */
async function rewrite(
  table: StateTable,
  { provider, known }: { provider: ProviderName; known: SlotState | undefined },
  change: (state: SlotState) => SlotState,
): Promise<SlotState> {
  let current = known;
  for (let tries = 0; tries < maxTries; tries += 1) {
    current ??= parseItem(SlotState, (await table.get(keys.slots(provider))) ?? {}, 'slots');
    const written = await write(table, provider, change(current));
    if (written !== undefined) return written;
    current = undefined;
  }
  // Nothing was changed: what is known stays, and the next look tries again.
  return parseItem(SlotState, (await table.get(keys.slots(provider))) ?? {}, 'slots');
}

async function write(
  table: StateTable,
  provider: ProviderName,
  state: SlotState,
): Promise<SlotState | undefined> {
  const item = await table.change({
    key: keys.slots(provider),
    update:
      'SET #leases = :leases, #limitAtInMs = :limitAt, #version = :next' +
      (state.limit === undefined ? '' : ', #limit = :limit'),
    condition: state.version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
    values: {
      leases: state.leases,
      limitAt: state.limitAtInMs,
      next: state.version + 1,
      ...(state.limit === undefined ? {} : { limit: state.limit }),
      ...(state.version === 0 ? {} : { version: state.version }),
    },
  });
  return item === undefined ? undefined : parseItem(SlotState, item, 'slots');
}
