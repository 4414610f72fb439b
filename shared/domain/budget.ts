import * as z from 'zod';

/**
 * Money of a task in micro-dollars. `limit = available + reserved + spent` at every instant, and a reservation is refused when it
 * would take more than is available: spend never passes the limit (I4).
 */
export const Budget = z.object({
  limitInMicroUsd: z.int().min(0),
  availableInMicroUsd: z.int(),
  reservedInMicroUsd: z.int().min(0),
  spentInMicroUsd: z.int().min(0),
});
export type Budget = z.infer<typeof Budget>;

/** What a task may spend when its submitter names no budget: 2 dollars. */
export const defaultBudgetInMicroUsd = 2_000_000;

export function openBudget(limitInMicroUsd: number): Budget {
  return {
    limitInMicroUsd,
    availableInMicroUsd: limitInMicroUsd,
    reservedInMicroUsd: 0,
    spentInMicroUsd: 0,
  };
}

/** The budget after a reservation, or `undefined` where it does not cover the amount. */
export function reserve(budget: Budget, amountInMicroUsd: number): Budget | undefined {
  if (budget.availableInMicroUsd < amountInMicroUsd) return undefined;
  return {
    ...budget,
    availableInMicroUsd: budget.availableInMicroUsd - amountInMicroUsd,
    reservedInMicroUsd: budget.reservedInMicroUsd + amountInMicroUsd,
  };
}

/**
 * The budget after a reserved attempt has ended. A cost above its reservation (a provider that bills more than the worst case) takes
 * the rest from what is available, which may then be negative and refuses every further reservation.
 */
export function settle(
  budget: Budget,
  attempt: { reservedInMicroUsd: number; costInMicroUsd: number },
): Budget {
  return {
    ...budget,
    availableInMicroUsd:
      budget.availableInMicroUsd + attempt.reservedInMicroUsd - attempt.costInMicroUsd,
    reservedInMicroUsd: budget.reservedInMicroUsd - attempt.reservedInMicroUsd,
    spentInMicroUsd: budget.spentInMicroUsd + attempt.costInMicroUsd,
  };
}
