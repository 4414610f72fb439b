import { type TaskStatus, taskStatuses } from '#shared/domain/task.ts';
import type { Values } from './table.ts';

/*
 * Clauses of the conditions on a task's item, over its life:
 *
 *   create          begin             note, reserve          end
 *   ──┼────── QUEUED ──┼────────────── RUNNING ──────────────┼── SUCCEEDED | PARTIAL | FAILED | CANCELLED ──▶
 *     │                supersede: run + 1 (in QUEUED and RUNNING)  │
 *     └──────────────────── settle, countEndedCall (always) ───────┴──────────────────────────────────────▶
 */
export const exists = 'attribute_exists(#pk)';
export const isNew = 'attribute_not_exists(#pk)';
export const isQueued = '#status = :QUEUED';
export const isRunning = '#status = :RUNNING';
export const isUnended = '#status IN (:QUEUED, :RUNNING)';
export const hasEnded = 'NOT #status IN (:QUEUED, :RUNNING)';
export const isOfRun = '#run = :run';
export const coversAmount = '#budget.#availableInMicroUsd >= :amount';

/** Joins clauses that must all hold. Brackets only where they are needed: the local server is slow at them. */
export function all(...clauses: readonly string[]): string {
  return clauses.map((clause) => (clause.includes(' OR ') ? `(${clause})` : clause)).join(' AND ');
}

/** The values that {@link isQueued} and its siblings name. */
export function statusValues(...statuses: readonly TaskStatus[]): Values {
  return Object.fromEntries(
    taskStatuses.filter((status) => statuses.includes(status)).map((status) => [status, status]),
  );
}
