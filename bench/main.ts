import { parseArgs } from 'node:util';
import { benchBundles } from './bundles.ts';
import { benchDocuments } from './documents.ts';
import { benchDrain } from './drain.ts';
import { benchOrchestration } from './orchestration.ts';
import { benchSchedule } from './schedule.ts';

/**
 * `npm run bench [-- schedule orchestration bundles documents]`: every figure of the docs, measured in one run. `-- documents --only xlsx`
 * gives the files of one extension.
 */
const benches: Readonly<Record<string, (only: string | undefined) => Promise<void>>> = {
  schedule: benchSchedule,
  drain: benchDrain,
  orchestration: benchOrchestration,
  bundles: benchBundles,
  documents: benchDocuments,
};

const { values, positionals: asked } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
});
for (const [name, run] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  await run(values.only);
}
