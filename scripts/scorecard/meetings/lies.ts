import * as z from 'zod';
import type { ToldLie } from '#shared/simulator/core/context.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { MinutedAction, MinutesResult } from '#shared/workflows/minutes/result.ts';
import { answersIn, type CaseRun, jsonOf } from '../run-case.ts';
import type { FaultCount } from '../score.ts';
import type { Meeting, PlantedAction } from './meeting.ts';

const Notes = z.object({ notes: z.array(z.looseObject({ quote: z.string(), kind: z.string() })) });
type Note = z.infer<typeof Notes>['notes'][number];

type Fate = 'repaired' | 'named' | 'delivered';

/** What became of the planted decisions and actions that lies were told about: each counts once. A note that was made up counts once an answer. */
export function fatesOfLies(
  fault: FaultName,
  run: CaseRun,
  { meeting }: { readonly meeting: Meeting },
): FaultCount {
  const result = jsonOf(run, 'result.json') as MinutesResult;
  const answered = run.lies.map(notesOf);
  if (fault === 'invented-quote') {
    const planted = answered.reduce(
      (sum, { honest, told }) => sum + Math.max(0, told.length - honest.length),
      0,
    );
    const delivered = JSON.stringify(result).split('paper boats').length - 1;
    const repaired = Math.max(0, planted - delivered);
    return { fault, of: 'notes made up', planted, repaired, named: 0 };
  }
  const marks = [...meeting.actions.map(({ mark }) => mark), ...meeting.decisions];
  const harmed = marks.filter((mark) => answered.some((answer) => isHarmed(mark, answer)));
  const fates = harmed.map((mark) => fateOf(mark, fault, { result, meeting }));
  const count = (fate: Fate) => fates.filter((each) => each === fate).length;
  return {
    fault,
    of: fault === 'missing-ids' ? 'decisions and actions left out' : 'decisions and actions',
    planted: harmed.length,
    repaired: count('repaired'),
    named: count('named'),
  };
}

interface Answered {
  readonly honest: readonly Note[];
  readonly told: readonly Note[];
}

function notesOf(lie: ToldLie): Answered {
  const answers = answersIn(lie);
  const notesIn = (answer: unknown) => Notes.safeParse(answer).data?.notes ?? [];
  return { honest: notesIn(answers?.honest), told: notesIn(answers?.told) };
}

function isHarmed(mark: string, { honest, told }: Answered): boolean {
  const said = new Set(told.map((note) => JSON.stringify(note)));
  return honest.some((note) => note.quote.includes(mark) && !said.has(JSON.stringify(note)));
}

/** Repaired: it stands there as it was planted. Named: it has a remark, or its sentence is among those that a reader is told to check. */
function fateOf(
  mark: string,
  fault: FaultName,
  { result, meeting }: { readonly result: MinutesResult; readonly meeting: Meeting },
): Fate {
  const minuted = [...result.actions, ...result.decisions].find(({ quote }) =>
    quote.includes(mark),
  );
  if (minuted === undefined) {
    const listed = [...result.unaccounted, ...result.passedOver];
    return listed.some(({ quote }) => quote.includes(mark)) ? 'named' : 'delivered';
  }
  const action = result.actions.find(({ quote }) => quote.includes(mark));
  const planted = meeting.actions.find((each) => each.mark === mark);
  if (isAsPlanted(fault, { action, planted }) && !hasForeignFigure(minuted)) return 'repaired';
  return minuted.remarks.length > 0 ? 'named' : 'delivered';
}

function isAsPlanted(
  fault: FaultName,
  { action, planted }: { action: MinutedAction | undefined; planted: PlantedAction | undefined },
): boolean {
  if (action === undefined || planted === undefined) return true;
  if (fault === 'wrong-due') {
    return (
      action.due === (planted.date ?? '') &&
      (action.dueStatus === 'impossible') === planted.isImpossible
    );
  }
  if (fault !== 'wrong-owner') return true;
  return planted.isAmbiguous ? action.owner === '' : action.owner === planted.owner;
}

function hasForeignFigure({ text, quote }: { text: string; quote: string }): boolean {
  return (text.match(/\d+/g) ?? []).some((figure) => !quote.includes(figure));
}
