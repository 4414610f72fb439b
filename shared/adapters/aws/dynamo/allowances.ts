import * as z from 'zod';
import type { Allowances } from '#shared/ports/allowances.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { createStateTable, type DynamoOptions } from './table.ts';

const StoredAllowance = z.object({ takenInMicroUsd: z.int() });

/** Allowances in DynamoDB: one number each, changed by one conditional write. */
export function createDynamoAllowances(options: DynamoOptions): Allowances {
  const table = createStateTable(options);
  const add = 'SET #takenInMicroUsd = if_not_exists(#takenInMicroUsd, :zero) + :amount';
  return {
    async take({ id, limitInMicroUsd }, amountInMicroUsd) {
      const most = limitInMicroUsd - amountInMicroUsd;
      if (most < 0) return false;
      return await table.count({
        key: keys.allowance(id),
        update: add,
        condition: 'attribute_not_exists(#takenInMicroUsd) OR #takenInMicroUsd <= :most',
        values: { zero: 0, amount: amountInMicroUsd, most },
      });
    },
    async giveBack(id, amountInMicroUsd) {
      await table.count({
        key: keys.allowance(id),
        update: add,
        condition: 'attribute_exists(#pk)',
        values: { zero: 0, amount: -amountInMicroUsd },
      });
    },
    async taken(id) {
      const item = await table.get(keys.allowance(id));
      return item === undefined ? 0 : parseItem(StoredAllowance, item, 'allowance').takenInMicroUsd;
    },
  };
}
