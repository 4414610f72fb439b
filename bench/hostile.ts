import { hostileCases } from '../test/support/hostile/cases.ts';
import { measureHostile } from '../test/support/hostile/measure.ts';
import { printTable } from './table.ts';

// Prints what each hostile file costs to refuse or to read: `node --import tsx bench/hostile.ts [words of the kind]`.
const [words = ''] = process.argv.slice(2);
const cases = hostileCases.filter(({ kind }) => kind.includes(words));
const results = await measureHostile(cases);
const rows = results.map(({ kind, outcome, cpuInMs, peakInMb }, index) => [
  kind,
  `${outcome}${cases[index]?.outcomes.some((each) => each === outcome) === true ? '' : ' (not expected)'}`,
  `${(cpuInMs / 1_000).toFixed(2)} s`,
  `${peakInMb.toFixed(0)} MB`,
]);
printTable(['kind', 'outcome', 'CPU', 'peak over base'], rows);
