import { randomUUID } from 'node:crypto';
import { CallRecord } from '#shared/domain/call.ts';
import type { Problem } from '#shared/domain/errors.ts';
import type { AttemptId, CallId, TaskId } from '#shared/domain/ids.ts';
import type { CallStore, Claim } from '#shared/ports/call-store.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryWhileWorking } from './retention.ts';
import { createStateTable, type DynamoOptions, type StateTable } from './table.ts';

/*
 * Clauses of the conditions on a call's item, over its life:
 *
 *   claim            lease over, released or newer run: claim again, fence + 1
 *   ──┼──── claimed ────┼──── claimed ────┼── committed | failed ──▶ never changes again
 *                                         commit or fail, by the newest fence only
 *
 * A failed call can be claimed by a newer run, for a task that is resumed; a committed one only after it was reopened.
 */
const isUnclaimed = 'attribute_not_exists(#pk)';
const isClaimed = '#state = :claimed';
const isLeaseOver = '#leaseExpiresAtInMs <= :now AND #run <= :run';
const isOfOlderRun = '#run < :run';
const hasFailedBefore = '#state = :failed AND #run < :run';
/** The same claim sent again by the SDK, because its answer was lost. */
const isSameClaim = '#claimId = :claimId';
const isOfFence = '#fence = :fence';
/** Still as its last holder left it: whoever claims it counts the fence on. */
const isParkedFor = `${isClaimed} AND #parkedAttemptId = :attemptId AND #parkedFence = #fence`;
/** AND binds closer than OR. Without a bracket: the local server tries every reading of one, for milliseconds where it stands in another. */
const mayClaim = [
  isUnclaimed,
  `${isClaimed} AND ${isLeaseOver}`,
  `${isClaimed} AND ${isOfOlderRun}`,
  `${isClaimed} AND ${isSameClaim}`,
  hasFailedBefore,
].join(' OR ');
const holdsClaim = `${isClaimed} AND ${isOfFence}`;

type Call = { taskId: TaskId; callId: CallId };
type Ending =
  | { state: 'committed'; attemptId: AttemptId; resultJson?: string }
  | { state: 'failed'; error: Problem; attemptId?: never };

/** Calls in DynamoDB: one item a call, beside the item of its task. */
export function createDynamoCallStore(options: DynamoOptions): CallStore {
  const table = createStateTable(options);
  const get = async (call: Call) => {
    const item = await table.get(keys.call(call));
    return item === undefined ? undefined : parseItem(CallRecord, item, 'call');
  };
  /** Ends the call under its claim. A change whose answer was lost is found by reading back: a fence is held by one worker only. */
  const end = async (call: Call, fence: number, change: { update: string; values: Ending }) => {
    const item = await table.change({
      key: keys.call(call),
      update: `${change.update} REMOVE #leaseExpiresAtInMs`,
      condition: holdsClaim,
      values: { claimed: 'claimed', fence, ...change.values },
    });
    if (item !== undefined) return true;
    const record = await get(call);
    if (record?.state !== change.values.state || record.fence !== fence) return false;
    return record.state === 'failed' || record.attemptId === change.values.attemptId;
  };
  return {
    async claim(call, { run, nowInMs, leaseInMs }) {
      const expiry = expiryWhileWorking(nowInMs, options.retentionInDays);
      const item = await table.change({
        key: keys.call(call),
        update: [
          'SET #callId = :callId, #state = :claimed, #run = :run, #leaseExpiresAtInMs = :leaseEnd',
          '#claimId = :claimId',
          '#fence = if_not_exists(#fence, :zero) + :one',
          ...Object.keys(expiry).map((name) => `#${name} = :${name}`),
        ].join(', '),
        condition: mayClaim,
        values: {
          callId: call.callId,
          claimed: 'claimed',
          failed: 'failed',
          claimId: randomUUID(),
          run,
          now: nowInMs,
          leaseEnd: nowInMs + leaseInMs,
          zero: 0,
          one: 1,
          ...expiry,
        },
      });
      const record = item === undefined ? await get(call) : parseItem(CallRecord, item, 'call');
      if (record === undefined) return { outcome: 'busy', leaseExpiresAtInMs: nowInMs };
      return item === undefined ? refusal(record) : claimed(record);
    },
    async commit(call, { fence, attemptId, resultJson }) {
      const update = 'SET #state = :state, #attemptId = :attemptId';
      const values = { state: 'committed' as const, attemptId };
      if (resultJson === undefined) return await end(call, fence, { update, values });
      return await end(call, fence, {
        update: `${update}, #resultJson = :resultJson`,
        values: { ...values, resultJson },
      });
    },
    async fail(call, { fence, error }) {
      const update = 'SET #state = :state, #error = :error';
      return await end(call, fence, { update, values: { state: 'failed', error } });
    },
    async release(call, { fence, nowInMs }) {
      await table.change({
        key: keys.call(call),
        update: 'SET #leaseExpiresAtInMs = :now',
        condition: holdsClaim,
        values: { claimed: 'claimed', fence, now: nowInMs },
      });
    },
    get,
    ...parking(table),
    reopen: (call, { run }) => reopen(table, call, run),
    list: (taskId, stage, round) => list(table, { taskId, stage, round }),
  };
}

/** Calls that wait at their provider: a claim that nobody works under, until its lease ends or the answer is announced. */
function parking(table: StateTable): Pick<CallStore, 'park' | 'unpark'> {
  return {
    async park(call, { fence, attemptId, untilInMs }) {
      await table.change({
        key: keys.call(call),
        update:
          'SET #leaseExpiresAtInMs = :until, #parkedAttemptId = :attemptId, #parkedFence = :fence',
        condition: holdsClaim,
        values: { claimed: 'claimed', fence, attemptId, until: untilInMs },
      });
    },
    async unpark(call, { attemptId, nowInMs }) {
      await table.change({
        key: keys.call(call),
        update: 'SET #leaseExpiresAtInMs = :now',
        condition: isParkedFor,
        values: { claimed: 'claimed', attemptId, now: nowInMs },
      });
    },
  };
}

async function list(
  table: StateTable,
  { taskId, stage, round }: { taskId: TaskId; stage: string; round: number },
): Promise<CallRecord[]> {
  const prefix = `CALL#${stage}-${round}-`;
  const items = await table.queryAll({
    condition: '#pk = :partition AND begins_with(#sk, :prefix)',
    values: { partition: keys.task(taskId).pk, prefix },
  });
  return items
    .filter((item) => indexOnly.test(String(item['sk']).slice(prefix.length)))
    .map((item) => parseItem(CallRecord, item, 'call'));
}

/** Not deleted: the fence goes on counting, so that nothing of an older run fits. */
async function reopen(table: StateTable, call: Call, run: number): Promise<void> {
  await table.change({
    key: keys.call(call),
    update: 'SET #state = :failed, #run = :run, #error = :error REMOVE #attemptId, #resultJson',
    // What a newer run has committed already is not an older one's to take back.
    condition: '#state = :committed AND #run <= :run',
    values: { failed: 'failed', committed: 'committed', run, error: reopened },
  });
}

const reopened: Problem = {
  code: 'run_superseded',
  message: 'Expected the question to stay the same; the task was resumed and asks another one.',
};

/** The prefix of stage `notes`, round 1 is also that of a stage `notes-1`. */
const indexOnly = /^\d{5}$/;

function claimed(record: CallRecord): Claim {
  const isLeftBehind = record.state === 'claimed' && record.parkedFence === record.fence - 1;
  const parkedAttemptId = isLeftBehind ? record.parkedAttemptId : undefined;
  const left = parkedAttemptId === undefined ? {} : { parkedAttemptId };
  return { outcome: 'claimed', fence: record.fence, ...left };
}

function refusal(record: CallRecord): Claim {
  if (record.state !== 'claimed') return { outcome: 'ended' };
  return { outcome: 'busy', leaseExpiresAtInMs: record.leaseExpiresAtInMs };
}
