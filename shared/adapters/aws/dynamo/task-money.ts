import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Reservation, TaskStore } from '#shared/ports/task-store.ts';
import { keys } from './keys.ts';
import type { Change, Item, StateTable } from './table.ts';
import { all, coversAmount, exists, isOfRun, isRunning, statusValues } from './task-conditions.ts';
import { taskOfItem } from './task-item.ts';

/** How often a reservation is asked for again when it was refused and reading back shows no reason: another worker gave some back. */
const maxTries = 5;

/** The budget of a task: numbers in its item, so that a reservation is one conditional write (I4, I10). */
export function taskMoney(table: StateTable): Pick<TaskStore, 'reserve' | 'settle'> {
  return {
    async reserve(taskId, change) {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const isReserved = await table.count({ key: keys.task(taskId), ...reservationOf(change) });
        if (isReserved) return 'reserved';
        const refusal = refusalOf(await table.get(keys.task(taskId)), change);
        if (refusal !== undefined) return refusal;
      }
      throw undecided(taskId);
    },
    async settle(taskId, { reservedInMicroUsd, costInMicroUsd }) {
      await table.count({
        key: keys.task(taskId),
        update: settlement,
        condition: exists,
        values: {
          back: reservedInMicroUsd - costInMicroUsd,
          reserved: reservedInMicroUsd,
          cost: costInMicroUsd,
        },
      });
    },
  };
}

interface ReservationRequest {
  readonly run: number | 'any';
  readonly amountInMicroUsd: number;
}

function reservationOf({ run, amountInMicroUsd }: ReservationRequest): Omit<Change, 'key'> {
  return {
    update: [
      'SET #budget.#availableInMicroUsd = #budget.#availableInMicroUsd - :amount',
      '#budget.#reservedInMicroUsd = #budget.#reservedInMicroUsd + :amount',
    ].join(', '),
    condition: run === 'any' ? all(isRunning, coversAmount) : all(isRunning, isOfRun, coversAmount),
    values: {
      ...statusValues('RUNNING'),
      ...(run === 'any' ? {} : { run }),
      amount: amountInMicroUsd,
    },
  };
}

/** Why a reservation was refused; `undefined` where the task as read back would take it. */
function refusalOf(
  item: Item | undefined,
  { run, amountInMicroUsd }: ReservationRequest,
): Reservation | undefined {
  const task = item === undefined ? undefined : taskOfItem(item);
  if (task?.status !== 'RUNNING') return 'stopped';
  if (run !== 'any' && task.run !== run) return 'stopped';
  if (task.budget.availableInMicroUsd < amountInMicroUsd) return 'budget_exceeded';
  return undefined;
}

function undecided(taskId: TaskId): QuireError {
  return new QuireError(
    'store_unavailable',
    `Expected a reservation to be decided in ${maxTries} tries; the budget changed every time. Try again.`,
    { details: { taskId } },
  );
}

const settlement = [
  'SET #budget.#availableInMicroUsd = #budget.#availableInMicroUsd + :back',
  '#budget.#reservedInMicroUsd = #budget.#reservedInMicroUsd - :reserved',
  '#budget.#spentInMicroUsd = #budget.#spentInMicroUsd + :cost',
].join(', ');
