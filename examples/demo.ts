import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyArtifacts } from '#shared/cli/local-files.ts';
import { runTask, simulatorNotice } from '#shared/cli/run.ts';
import { Citation } from '#shared/domain/citation.ts';
import { formatUsd } from '#shared/domain/cost.ts';
import { Coverage } from '#shared/domain/coverage.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import { startLocalRuntime } from '#shared/runtime/local.ts';
import { quotesNotIn } from './independent-search.ts';
import { makeExampleDocuments } from './make-documents.ts';

// `npm run demo`: a 30-page report becomes out/summary.docx, and what came out is checked by other means than those that made it. Then two
// versions of a contract become a redline, and a questionnaire is filled in from all of them.
const out = 'out';
const work = await mkdtemp(join(tmpdir(), 'quire-demo-'));

console.log('Making the example documents …');
await makeExampleDocuments(join(out, 'documents'));
const report = join(out, 'documents', 'annual-report.docx');

const runtime = await startLocalRuntime({ dataDirectory: work, environment: process.env });
const { names, isSimulated } = runtime.providers;
console.log(isSimulated ? simulatorNotice : `The model is asked at ${names.join(', ')}.`);
console.log(`Summarising ${report} …`);
const request = {
  workflow: 'summarize',
  params: { audience: 'the supervisory board' },
  options: {},
};
const task = await runTask(runtime, request, { files: [report] });
const files = await copyArtifacts(runtime, task, out);

if (!isEnded(task) || task.status === 'FAILED' || task.status === 'CANCELLED') {
  console.error(`The task ended as ${task.status}.`, 'error' in task ? task.error : '');
  process.exit(4);
}

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(out, name), 'utf8'));
const citations = Citation.array().parse(await readJson('citations.json'));
const coverage = Coverage.parse(await readJson('coverage.json'));
const missing = quotesNotIn(new Uint8Array(await readFile(report)), citations);
const { units, used, skipped, failed } = coverage.totals;

console.log(`\n${task.status}: ${files.length} files in ${out}/`);
for (const file of files) console.log(`  ${join(out, file)}`);
console.log(
  `Citations: ${citations.length}, all verified; ${citations.length - missing.length} found again by a plain search in the file's XML.`,
);
console.log(`Coverage: ${units} units = ${used} used + ${skipped} skipped + ${failed} failed.`);
console.log(
  `Calls: ${task.usage.attempts}, ${formatUsd(task.usage.costInMicroUsd)}${isSimulated ? ' at the price of a real provider; nothing was billed' : ''}.`,
);

const others = [
  await deliver('compare-contracts', ['service-contract.docx', 'service-contract-revised.docx'], {
    viewpoint: 'buyer',
  }),
  await deliver(
    'answer-questions',
    ['annual-report.docx', 'service-contract.docx', 'field-study.pdf', 'questionnaire.xlsx'],
    {
      questions: 'questionnaire.xlsx',
    },
  ),
];
await runtime.close();
await rm(work, { recursive: true, force: true });
if (isSimulated)
  console.log('\nWith EMPIRIOLABS_API_KEY set, the same command asks the real model.');

if (missing.length > 0 || used + skipped + failed !== units) {
  console.error('A check failed.', missing);
  process.exit(1);
}
process.exit([task, ...others].every(({ status }) => status === 'SUCCEEDED') ? 0 : 3);

/** Runs another workflow on example documents and leaves what it delivers in a folder of its name. */
async function deliver(
  workflow: string,
  names: readonly string[],
  params: Record<string, unknown>,
): Promise<Task> {
  console.log(`\n${workflow} on ${names.join(', ')} …`);
  const paths = names.map((name) => join(out, 'documents', name));
  const ended = await runTask(runtime, { workflow, params, options: {} }, { files: paths });
  const folder = join(out, workflow);
  const written = await copyArtifacts(runtime, ended, folder);
  console.log(`${ended.status}: ${written.length} files in ${folder}/`);
  for (const name of written) console.log(`  ${join(folder, name)}`);
  return ended;
}
