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
  const queue = createQueue(clock);
  const leaving: (() => void)[] = [];
  let most = 1;
  let running = 0;
  let work: Promise<void> | undefined;
  let pause = new AbortController();
  const lease = createLease(provider, options, () => running);

  const wanted = () => running + queue.size();
  const letIn = (granted = lease.granted()) => {
    running += queue.letIn(granted - running);
  };
  const letGo = () => {
    for (const go of leaving.splice(0)) go();
  };
  /** One look at the item, and a rest until the next one is due or something has changed. */
  const look = async (): Promise<void> => {
    pause = new AbortController();
    await lease.renew(() => Math.min(most, wanted()), most);
    letIn();
    if (wanted() > 0 || !lease.isHeld()) letGo();
    if (wanted() === 0) return;
    // Who came during the write and is in already needs no other one; who is not has woken us.
    if (queue.size() === 0) pause = new AbortController();
    const pauseInMs = queue.size() > 0 ? lookAgainInMs : renewEveryInMs;
    await clock.sleep(pauseInMs, pause.signal).catch(() => undefined);
  };
  /** As long as calls wait or run: get them slots, and keep the lease alive. Ends by giving the lease back. */
  const serve = async (): Promise<void> => {
    try {
      do await look();
      while (wanted() > 0 || lease.isHeld());
    } catch {
      // A store that is away must not lose calls their turn: they go on without a lease, and the provider's own limit holds.
      letIn(Number.POSITIVE_INFINITY);
    }
    work = undefined;
    letGo();
  };
  const leave = async (): Promise<void> => {
    running -= 1;
    letIn();
    if (wanted() > 0 || work === undefined) return;
    pause.abort();
    await new Promise<void>((resolve) => leaving.push(resolve));
  };
  return {
    async acquire(request) {
      request.signal.throwIfAborted();
      most = request.limits.maxInFlight;
      if (work !== undefined && queue.size() === 0 && running < lease.granted()) {
        running += 1;
        return createSlot(leave);
      }
      const turn = queue.wait(request);
      pause.abort();
      work ??= serve();
      return (await turn) ? createSlot(leave) : undefined;
    },
    slowDown: (limit) => lease.slowDown(limit),
  };
}

/** A slot is given back once, however often it is left. */
function createSlot(leave: () => Promise<void>): Slot {
  let left: Promise<void> | undefined;
  return {
    leave() {
      left ??= leave();
      return left;
    },
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

/** This worker's part of the item. One write at a time: while it is under way, only what it will leave us may be used. */
function createLease(
  provider: ProviderName,
  options: ConcurrencySlotsOptions,
  running: () => number,
) {
  const { clock, holder } = options;
  const table = createStateTable(options);
  let state: SlotState | undefined;
  let granted = 0;
  let offered = Number.POSITIVE_INFINITY;
  let last = Promise.resolve();

  const isHeld = () => (state?.leases[holder]?.expiresAtInMs ?? 0) > clock.now();
  const rewriteOnce = async (next: LeaseChange): Promise<void> => {
    let made = { granted };
    try {
      const written = await rewrite(table, { provider, known: state }, (current) => {
        const changed = next(current);
        made = changed;
        offered = made.granted;
        return changed.state;
      });
      if (written === undefined) return;
      state = written;
      granted = made.granted;
    } catch (error) {
      // It may have been written or not.
      state = undefined;
      throw error;
    } finally {
      offered = Number.POSITIVE_INFINITY;
    }
  };
  const change = (next: LeaseChange): Promise<void> => {
    const made = last.then(() => rewriteOnce(next));
    last = made.catch(() => undefined);
    return made;
  };
  return {
    isHeld,
    granted: () => (isHeld() ? Math.min(offered, granted) : 0),
    renew: (wanted: () => number, most: number) =>
      change((current) => {
        const request = { holder, held: running(), wanted: wanted(), most };
        return leaseSlots(current, { ...request, nowInMs: clock.now() });
      }),
    slowDown: (most: number) =>
      change((current) => {
        const nowInMs = clock.now();
        const halved = halveLimit(current, { most, nowInMs });
        const wanted = Math.min(granted, halved.limit ?? most);
        return leaseSlots(halved, { holder, held: running(), wanted, most, nowInMs });
      }),
  };
}

type LeaseChange = (current: SlotState) => ReturnType<typeof leaseSlots>;

/** Changes the item over the version that is known, reading it again where another worker was faster; `undefined` where one always was. */
async function rewrite(
  table: StateTable,
  { provider, known }: { provider: ProviderName; known: SlotState | undefined },
  change: (state: SlotState) => SlotState,
): Promise<SlotState | undefined> {
  let current = known;
  for (let tries = 0; tries < maxTries; tries += 1) {
    current ??= parseItem(SlotState, (await table.get(keys.slots(provider))) ?? {}, 'slots');
    const written = await write(table, provider, change(current));
    if (written !== undefined) return written;
    current = undefined;
  }
  return undefined;
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
