import { benchBundles } from './bundles.ts';
import { benchDocuments } from './documents.ts';
import { benchDrain } from './drain.ts';
import { benchOrchestration } from './orchestration.ts';
import { benchSchedule } from './schedule.ts';

/** `npm run bench [-- schedule orchestration bundles documents]`: every figure of the docs, measured in one run. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  schedule: benchSchedule,
  drain: benchDrain,
  orchestration: benchOrchestration,
  bundles: benchBundles,
  documents: benchDocuments,
};

const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  await run();
}
