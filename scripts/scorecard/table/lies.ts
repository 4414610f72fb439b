import * as z from 'zod';
import type { ToldLie } from '#shared/simulator/core/context.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { answersIn, type CaseRun } from '../run-case.ts';
import type { FaultCount } from '../score.ts';
import type { Delivered } from './delivered.ts';
import { type PlantedTable, plantedFields } from './planted-table.ts';

const Answer = z.object({
  rows: z.array(z.object({ u: z.array(z.string()), v: z.array(z.unknown()) })),
});
type Row = z.infer<typeof Answer>['rows'][number];

/** A record that lies have touched. */
interface Harm {
  readonly seq: string;
  /** The fields whose value was changed; none where the row was left out. */
  readonly fields: Set<string>;
}

/**
 * What became of the records that lies were told about: each counts once, however often the model lied about it. A row that was made up
 * counts once for each answer that had it.
 */
export function lostToLies(
  { lies }: CaseRun,
  fault: FaultName,
  { planted, delivered }: { planted: PlantedTable; delivered: Delivered },
): FaultCount {
  const harms = new Map<string, Harm>();
  let madeUp = 0;
  for (const lie of lies) {
    const { honest, told } = rowsOf(lie);
    madeUp += Math.max(0, told.length - honest.length);
    for (const { seq, field } of harmsIn(honest, told, delivered)) {
      const harm = harms.get(seq) ?? { seq, fields: new Set() };
      harms.set(seq, harm);
      if (field !== undefined) harm.fields.add(field);
    }
  }
  const fates = [...harms.values()].map((harm) => fateOf(harm, planted, delivered));
  const count = (fate: string) => fates.filter((each) => each === fate).length;
  // Whatever row was never planted is one of those that were made up.
  const shown = delivered.rowCount - (planted.records.length - delivered.lost.size);
  return {
    fault,
    of: madeUp > 0 ? 'rows made up' : fault === 'missing-ids' ? 'rows left out' : 'rows changed',
    planted: fates.length + madeUp,
    repaired: count('repaired') + Math.max(0, madeUp - shown),
    named: count('named'),
  };
}

function rowsOf(lie: ToldLie): { honest: readonly Row[]; told: readonly Row[] } {
  const answers = answersIn(lie);
  const rowsIn = (answer: unknown) => Answer.safeParse(answer).data?.rows ?? [];
  return { honest: rowsIn(answers?.honest), told: rowsIn(answers?.told) };
}

function harmsIn(
  honest: readonly Row[],
  told: readonly Row[],
  { recordOf }: Delivered,
): { seq: string; field?: string }[] {
  return honest.flatMap((row) => {
    const [unitId = ''] = row.u;
    const seq = recordOf(unitId)?.values['SEQ']?.toString();
    if (seq === undefined) return [];
    const said = told.filter(({ u }) => u.join() === row.u.join());
    if (said.length === 0) return [{ seq }];
    const same = (index: number) => said.some(({ v }) => v[index] === row.v[index]);
    return plantedFields.flatMap(({ name }, index) => (same(index) ? [] : [{ seq, field: name }]));
  });
}

/** Repaired: the row is there with what was planted. Named: the row is called missing, or the value is left out with an issue. */
function fateOf(
  { seq, fields }: Harm,
  { records }: PlantedTable,
  { rows, named, questioned }: Delivered,
): 'repaired' | 'named' | 'delivered' {
  const values = records.find((record) => record.values['SEQ'] === seq)?.values ?? {};
  const row = rows.get(seq);
  if (row === undefined) return named.has(seq) ? 'named' : 'delivered';
  const wrong = Object.keys(values).filter((name) => row[name] !== values[name]);
  if (wrong.length === 0) return 'repaired';
  const isLeftOut = wrong.every((name) => fields.has(name) && row[name] == null);
  return isLeftOut && questioned.has(seq) ? 'named' : 'delivered';
}
