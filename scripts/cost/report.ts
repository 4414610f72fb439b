import type { UsageTotals } from '#shared/domain/usage.ts';
import { type BillRow, billOf, type Measured, totalOf } from './bill.ts';
import { awsPrices } from './prices.ts';

/** The bill as a table, and what it is beside the price of the tokens. */
export function reportOf(measured: Measured, usage: UsageTotals): string {
  const rows = billOf(measured);
  const platformInMicroUsd = totalOf(rows);
  const share = usage.costInMicroUsd === 0 ? undefined : platformInMicroUsd / usage.costInMicroUsd;
  return [
    `AWS list prices of ${awsPrices.asOf}, ${awsPrices.region}, no free tier.`,
    '',
    ...table(
      ['service', 'what', 'quantity', 'cost'],
      rows.map((row) => [row.service, row.what, quantity(row), dollars(row.costInMicroUsd)]),
    ),
    '',
    ...table(
      ['step', 'runs', 'seconds', 'write units', 'read units', 'PUT', 'GET'],
      byStep(measured),
    ),
    '',
    `Platform: ${dollars(platformInMicroUsd)}. Tokens: ${dollars(usage.costInMicroUsd)} (${usage.inputTokens} in, ${usage.outputTokens} out, ${usage.attempts} attempts).`,
    share === undefined
      ? 'No tokens were paid, so there is no ratio.'
      : `Platform ÷ tokens: ${(share * 100).toFixed(2)} %.`,
  ].join('\n');
}

function byStep({ steps, requests }: Measured): string[][] {
  const runs = [...requests, ...steps];
  const names = [...new Set(runs.map(({ name }) => name))];
  return names.map((name) => {
    const own = runs.filter((run) => run.name === name);
    const sum = (amountOf: (run: (typeof own)[number]) => number) =>
      own.reduce((total, run) => total + amountOf(run), 0);
    return [
      name,
      String(own.length),
      (sum((run) => run.durationInMs) / 1_000).toFixed(1),
      String(sum((run) => run.writeUnits)),
      String(sum((run) => run.readUnits)),
      String(sum((run) => run.objectWrites)),
      String(sum((run) => run.objectReads)),
    ];
  });
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

function quantity({ quantity: amount }: BillRow): string {
  return Number.isInteger(amount) ? String(amount) : amount.toPrecision(3);
}

function dollars(costInMicroUsd: number): string {
  return `$${(costInMicroUsd / 1_000_000).toFixed(6)}`;
}
