import { benchBundles } from './bundles.ts';
import { benchDrain } from './drain.ts';
import { benchOrchestration } from './orchestration.ts';
import { benchReaders } from './readers.ts';
import { benchSchedule } from './schedule.ts';

/** `npm run bench [-- schedule orchestration bundles readers]`: every figure of the docs, measured in one run. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  schedule: benchSchedule,
  drain: benchDrain,
  orchestration: benchOrchestration,
  bundles: benchBundles,
  readers: benchReaders,
};

const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  await run();
}
