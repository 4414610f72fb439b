import { parseArgs } from 'node:util';
import { idleCostOf, idleCostTable, pricesAsOf } from '../../infra/idle-cost.ts';
import { synthesizeTemplate } from '../../infra/synthesize.ts';
import { cdkContext } from '../cdk-context.ts';
import { costOfHundredPages } from './bench.ts';
import { costOfTask } from './task.ts';

// `npm run cost`: what AWS charges beside the tokens.
//   npm run cost                                      a report of a hundred pages, run now and counted (about three minutes)
//   npm run cost -- --task tsk_… [--data .quire]      a task of a local server, as it was counted while it ran
//   npm run cost -- --idle [-c name=value]…           the stack in a month in which nobody uses it

const { values } = parseArgs({
  options: {
    task: { type: 'string' },
    data: { type: 'string', default: '.quire' },
    idle: { type: 'boolean', default: false },
    context: { type: 'string', short: 'c', multiple: true, default: [] },
  },
});

console.log(await report());
process.exit(0);

async function report(): Promise<string> {
  if (values.idle) return idleReport();
  if (values.task !== undefined) return await costOfTask(values.task, values.data);
  return await costOfHundredPages();
}

function idleReport(): string {
  const cost = idleCostOf(synthesizeTemplate(cdkContext(values.context)));
  const title = `Prices of us-east-1 as of ${pricesAsOf}, without free tier and without what is stored.`;
  return `${title}\n\n${idleCostTable(cost)}`;
}
