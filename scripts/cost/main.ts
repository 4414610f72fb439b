import { parseArgs } from 'node:util';
import { idleCostOf, idleCostTable, pricesAsOf } from '../../infra/idle-cost.ts';
import { synthesizeTemplate } from '../../infra/synthesize.ts';
import { cdkContext } from '../cdk-context.ts';

// `npm run cost -- --idle [-c name=value]…`: what the stack costs in a month in which nobody uses it.

const { values } = parseArgs({
  options: {
    idle: { type: 'boolean', default: false },
    context: { type: 'string', short: 'c', multiple: true, default: [] },
  },
});

if (values.idle) {
  const cost = idleCostOf(synthesizeTemplate(cdkContext(values.context)));
  console.log(
    `Prices of us-east-1 as of ${pricesAsOf}, without free tier and without what is stored.\n`,
  );
  console.log(idleCostTable(cost));
} else {
  console.error('Usage: npm run cost -- --idle [-c name=value]…');
  process.exitCode = 2;
}
