import { microUsdOf } from '#shared/domain/cost.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { Allowances } from '#shared/ports/allowances.ts';
import type { Spending } from '#shared/steps/tasks/spending.ts';
import type { Environment } from './environment.ts';

/** What a deployment lets its callers spend, by its variables; without any there is no limit above the budgets of tasks. */
export function spendingOf(environment: Environment, allowances: Allowances): Spending | undefined {
  const monthInMicroUsd = amount(environment, environmentNames.monthBudgetUsd);
  const keyMonthInMicroUsd = amount(environment, environmentNames.keyMonthBudgetUsd);
  if (monthInMicroUsd === undefined && keyMonthInMicroUsd === undefined) return undefined;
  return { allowances, limits: { monthInMicroUsd, keyMonthInMicroUsd } };
}

function amount(environment: Environment, name: string): number | undefined {
  const text = environment[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const amountInUsd = Number(text);
  if (amountInUsd > 0 && amountInUsd <= 1_000_000) return microUsdOf(amountInUsd);
  throw new QuireError(
    'invalid_request',
    `Expected ${name} to be dollars a month, above 0; got another text.`,
  );
}
