import * as z from 'zod';
import type { Decision, TaskStore } from '#shared/ports/task-store.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryWhileWorking } from './retention.ts';
import type { Change, StateTable } from './table.ts';
import { all, isOfRun, isRunning, statusValues } from './task-conditions.ts';
import { taskOfItem, timelineEntry } from './task-item.ts';

type TaskApprovals = Pick<
  TaskStore,
  | 'askApproval'
  | 'decideApproval'
  | 'noteApprovalAnswered'
  | 'putApprovalToken'
  | 'getApprovalToken'
>;

const StoredToken = z.object({ token: z.string() });

/*
 * Clauses of the conditions on the approval in a task's item:
 *
 *   ask              decide (before it expires)            noteApprovalAnswered
 *   ──┼──── open ──────┼──── approved | rejected ─────────────┼──── the same, isAnswered ────▶
 *     │                └──── expired (after that)                    │
 *     └───────── asked again: asks + 1, isAnswered away ─────────────┘
 */
const isUnasked = 'attribute_not_exists(#approval)';
const isAsked = 'attribute_exists(#approval)';
const isOpen =
  '#approval.#state = :open AND #approval.#what = :what AND #approval.#askedAtInMs = :asked';

/** What persons decide about a task: part of its item, so that a decision and what it changes are one conditional write. */
export function taskApprovals(
  table: StateTable,
  retentionInDays: number | undefined,
): TaskApprovals {
  return {
    async askApproval(taskId, { run, approval, drafts, event }) {
      const key = keys.task(taskId);
      const values = { ...statusValues('RUNNING'), run };
      const opened = await table.change({
        key,
        update: `SET ${drafts === undefined ? '' : '#drafts = :drafts, '}#approval = :approval, #timeline = list_append(#timeline, :entry)`,
        condition: all(isRunning, isOfRun, isUnasked),
        values: {
          ...values,
          approval,
          ...(drafts === undefined ? {} : { drafts }),
          entry: timelineEntry(approval.askedAtInMs, event),
        },
      });
      const item =
        opened ??
        (await table.change({
          key,
          update: 'SET #approval.#asks = #approval.#asks + :one REMOVE #approval.#isAnswered',
          condition: all(isRunning, isOfRun, isAsked),
          values: { ...values, one: 1 },
        }));
      return item === undefined ? undefined : taskOfItem(item);
    },
    async decideApproval(taskId, decision) {
      const item = await table.change({ key: keys.task(taskId), ...changeOf(decision) });
      return item === undefined ? undefined : taskOfItem(item);
    },
    async noteApprovalAnswered(taskId, { asks }) {
      await table.change({
        key: keys.task(taskId),
        update: 'SET #approval.#isAnswered = :yes',
        condition: '#approval.#asks = :asks',
        values: { yes: true, asks },
      });
    },
    async putApprovalToken({ token, ...approval }) {
      const { createdAtInMs } = approval;
      const expiry = expiryWhileWorking(createdAtInMs, retentionInDays);
      await table.put({ ...keys.approval(approval), token, createdAtInMs, ...expiry });
    },
    async getApprovalToken(approval) {
      const item = await table.get(keys.approval(approval));
      return item === undefined ? undefined : parseItem(StoredToken, item, 'approval').token;
    },
  };
}

/** The decision as one write: with its edits, and with the deadline moved by the time that the task has waited. */
function changeOf(decision: Decision): Omit<Change, 'key'> {
  const { what, state, askedAtInMs, nowInMs, event, comment, decisionHash, decisionId } = decision;
  const { params, providers, addedBudgetInMicroUsd: added } = decision.edits ?? {};
  const parts: readonly (readonly [expression: string, values: Record<string, unknown>])[] = [
    ['#approval.#state = :state', { state }],
    ['#approval.#decidedAtInMs = :now', { now: nowInMs }],
    ['#deadlineAtInMs = #deadlineAtInMs + :waited', { waited: Math.max(0, nowInMs - askedAtInMs) }],
    ['#timeline = list_append(#timeline, :entry)', { entry: timelineEntry(nowInMs, event) }],
    ...given(comment, '#approval.#comment = :comment', { comment }),
    ...given(decisionHash, '#approval.#decisionHash = :hash', { hash: decisionHash }),
    ...given(decisionId, '#approval.#decisionId = :id', { id: decisionId }),
    // Nothing has been asked before a plan is approved: what was planned is planned anew and counted then.
    ...given(params, '#params = :params, #callsPlanned = :none, #approval.#hasNewParams = :isNew', {
      params: JSON.stringify(params),
      none: 0,
      isNew: true,
    }),
    ...given(providers, '#options.#providers = :providers', { providers }),
    ...given(
      added,
      '#budget.#limitInMicroUsd = #budget.#limitInMicroUsd + :added, #budget.#availableInMicroUsd = #budget.#availableInMicroUsd + :added',
      { added },
    ),
  ];
  const isLess = added !== undefined && added < 0;
  return {
    update: `SET ${parts.map(([expression]) => expression).join(', ')}`,
    condition: all(
      isRunning,
      isOpen,
      state === 'expired' ? '#approval.#expiresAtInMs <= :now' : '#approval.#expiresAtInMs > :now',
      ...(isLess ? ['#budget.#availableInMicroUsd >= :less'] : []),
    ),
    values: {
      ...statusValues('RUNNING'),
      open: 'open',
      what,
      asked: askedAtInMs,
      ...(isLess ? { less: -added } : {}),
      ...Object.assign({}, ...parts.map(([, values]) => values)),
    },
  };
}

function given(
  value: unknown,
  expression: string,
  values: Record<string, unknown>,
): readonly (readonly [string, Record<string, unknown>])[] {
  return value === undefined ? [] : [[expression, values]];
}
