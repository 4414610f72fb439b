import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { caseLists } from './all-cases.ts';
import { scorecardPage } from './page.ts';
import { runCases } from './run-cases.ts';
import { costTable, qualityTable } from './tables.ts';

// `npm run scorecard`: how well each workflow does on documents whose truth is known, answered by the built-in simulator. It is a program,
// so that the figures say what the workflows catch and lose, not how clever a model is. Exits 1 where something must hold and does not.
//   npm run scorecard                                          all workflows (about five minutes)
//   npm run scorecard -- --quick                               one small case of each
//   npm run scorecard -- extract-table --rows 400              one workflow, tables of one size
//   npm run scorecard -- translate --case broken-tags          the cases with these words in their names
//   npm run scorecard -- --list                                what there is
//   npm run scorecard -- --write docs/scorecard.md             the whole, as a page

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string' },
    case: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});

const known = Object.keys(caseLists);
const unknown = positionals.filter((workflow) => !known.includes(workflow));
const rows = values.rows === undefined ? undefined : Number(values.rows);
if (unknown.length > 0 || (rows !== undefined && !(Number.isInteger(rows) && rows > 0))) {
  console.error(`Expected workflows of ${known.join(', ')} and --rows as a whole number.`);
  process.exit(2);
}
const chosen = Object.entries(caseLists)
  .filter(([workflow]) => positionals.length === 0 || positionals.includes(workflow))
  .flatMap(([, list]) => list(rows === undefined ? {} : { rows }))
  .filter(({ name, isQuick }) => name.includes(values.case) && (isQuick || !values.quick));
if (values.list) {
  for (const { workflow, name } of chosen) console.log(`${workflow}: ${name}`);
  process.exit(0);
}

const startedAt = new Date();
const { scores, failures } = await runCases(chosen, (line) => console.error(line));
console.log(qualityTable(scores));
console.log(costTable(scores));
if (values.write !== undefined) {
  await writeFile(values.write, scorecardPage(scores, { startedAt, failures }));
}
for (const failure of failures) console.error(failure);
if (scores.length === 0) console.error('Expected at least one case; see --list.');
process.exit(failures.length === 0 && scores.length > 0 ? 0 : 1);
