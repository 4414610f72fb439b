import { formatUsd } from '#shared/domain/cost.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { dayOf } from '#shared/domain/time.ts';
import type { Allowance, Allowances } from '#shared/ports/allowances.ts';

/** Limits of a deployment for a calendar month (UTC); absent = none. */
export interface SpendingLimits {
  readonly monthInMicroUsd?: number | undefined;
  readonly keyMonthInMicroUsd?: number | undefined;
}

/** What a deployment lets its callers spend. */
export interface Spending {
  readonly allowances: Allowances;
  readonly limits: SpendingLimits;
}

/** Stands for the key where the API asks for none. */
export const unknownKey = 'default';

/** The allowances that a caller's task takes from now. */
export function allowancesOf(
  { monthInMicroUsd, keyMonthInMicroUsd }: SpendingLimits,
  caller: { keyId: string; nowInMs: number },
): Allowance[] {
  const month = dayOf(caller.nowInMs).slice(0, 7);
  return [
    ...(monthInMicroUsd === undefined
      ? []
      : [{ id: `all ${month}`, limitInMicroUsd: monthInMicroUsd }]),
    ...(keyMonthInMicroUsd === undefined
      ? []
      : [{ id: `key ${caller.keyId} ${month}`, limitInMicroUsd: keyMonthInMicroUsd }]),
  ];
}

/** Allowances that were taken from before, with their limits of today. */
export function withLimits({ limits }: Spending, ids: readonly string[]): Allowance[] {
  return ids.flatMap((id) => {
    const isOfAll = id.startsWith('all ');
    const limitInMicroUsd = isOfAll ? limits.monthInMicroUsd : limits.keyMonthInMicroUsd;
    return limitInMicroUsd === undefined ? [] : [{ id, limitInMicroUsd }];
  });
}

/** Takes an amount from all allowances, or from none. */
export async function takeFromAll(
  allowances: Allowances,
  wanted: readonly Allowance[],
  amountInMicroUsd: number,
): Promise<void> {
  const taken: Allowance[] = [];
  for (const allowance of wanted) {
    if (await allowances.take(allowance, amountInMicroUsd)) {
      taken.push(allowance);
      continue;
    }
    await giveBackToAll(allowances, taken, amountInMicroUsd);
    const { id, limitInMicroUsd } = allowance;
    const leftInMicroUsd = Math.max(0, limitInMicroUsd - (await allowances.taken(id)));
    throw new QuireError(
      'budget_exceeded',
      `Expected the month's budget of ${formatUsd(limitInMicroUsd)} (${id}) to cover ${formatUsd(amountInMicroUsd)}; ${formatUsd(leftInMicroUsd)} are left. Name a smaller options.budgetUsd, or raise the limit of the deployment.`,
      { details: { allowance: id, limitInMicroUsd, leftInMicroUsd } },
    );
  }
}

export async function giveBackToAll(
  allowances: Allowances,
  taken: readonly { readonly id: string }[],
  amountInMicroUsd: number,
): Promise<void> {
  if (amountInMicroUsd <= 0) return;
  for (const { id } of taken) await allowances.giveBack(id, amountInMicroUsd);
}
