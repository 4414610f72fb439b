import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { Citation } from '#shared/domain/citation.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { CompareResult, ResultChange } from '#shared/workflows/compare-contracts/result.ts';
import {
  type PlantedEdit,
  plantedEdits,
  revisedContract,
} from '../../examples/content/contract/revision.ts';
import { quotesNotIn } from '../../examples/independent-search.ts';
import { writeServiceContract } from '../../examples/writing/service-contract.ts';
import { type CaseRun, jsonOf, runCase } from './run-case.ts';
import type { Score } from './score.ts';

interface Pair {
  readonly base: Uint8Array;
  readonly revised: Uint8Array;
}

/** The example contract and its negotiated version, whose differences are the truth; and the same under models that lie. */
export async function scoreCompareContracts(): Promise<readonly Score[]> {
  const pair = {
    base: await writeServiceContract(),
    revised: await writeServiceContract(revisedContract()),
  };
  const honest = await run(pair);
  const scores = [
    changesScore(honest, pair),
    movesScore(honest, pair),
    materialScore(honest, pair),
  ];
  for (const fault of ['played-down', 'invented-rule', 'wrong-number', 'missing-ids'] as const) {
    scores.push(liesScore(await run(pair, fault), pair, fault));
  }
  return scores;
}

function run({ base, revised }: Pair, fault?: FaultName): Promise<CaseRun> {
  return runCase({
    workflow: 'compare-contracts',
    files: [
      { name: 'base.docx', bytes: base },
      { name: 'revised.docx', bytes: revised },
    ],
    faults: fault === undefined ? [] : [{ when: { every: 1 }, fault }],
  });
}

function isFound({ type, before, after }: PlantedEdit, change: ResultChange): boolean {
  return type === change.type && change.before.includes(before) && change.after.includes(after);
}

function changesScore(caseRun: CaseRun, pair: Pair): Score {
  return scoreOf('20 planted changes', { caseRun, pair }, [plantedEdits, changesOf(caseRun)]);
}

function movesScore(caseRun: CaseRun, pair: Pair): Score {
  const isMove = ({ type }: { type: string }) => type.startsWith('moved');
  const found = changesOf(caseRun).filter(isMove);
  return scoreOf('moves', { caseRun, pair }, [plantedEdits.filter(isMove), found]);
}

function materialScore(caseRun: CaseRun, pair: Pair): Score {
  const planted = plantedEdits.filter(({ isMaterial }) => isMaterial);
  const found = changesOf(caseRun).filter(({ material }) => material === true);
  return scoreOf('material changes', { caseRun, pair }, [planted, found]);
}

/** A lie is caught where no planted material change is shown as immaterial, no rule or figure is invented, and none goes missing. */
function liesScore(caseRun: CaseRun, pair: Pair, fault: FaultName): Score {
  const changes = changesOf(caseRun);
  const score = scoreOf(`20 planted changes, ${fault}`, { caseRun, pair }, [plantedEdits, changes]);
  const lied = changes.filter((change) => isLie(change, fault));
  const planted = lied.length + repairedOf(changes, fault);
  const lost = Math.max(0, plantedEdits.length - changes.length);
  const caught = Math.max(0, planted - lied.length - lost);
  return {
    ...score,
    faults: { fault, planted, caught },
    failures: [
      // Where the model leaves out what it is asked, again and again, the task is PARTIAL and says so.
      ...score.failures.filter((sentence) => fault !== 'missing-ids' || !/ended as/.test(sentence)),
      ...(fault === 'missing-ids' && caseRun.measured.status !== 'PARTIAL'
        ? [`It ended as ${caseRun.measured.status}, not as PARTIAL.`]
        : []),
      ...(caught === planted ? [] : [`${planted - caught} lies were delivered.`]),
    ],
  };
}

/** Changes about which the model has lied and where that was named or taken out; a lie that left no trace is not counted. */
function repairedOf(changes: readonly ResultChange[], fault: FaultName): number {
  const isRepaired = (change: ResultChange) => {
    if (isLie(change, fault)) return false;
    if (fault === 'played-down') return decisiveEdits().some((edit) => isFound(edit, change));
    if (fault === 'missing-ids') return change.material === null;
    return fault === 'invented-rule' || change.why.includes('was left out');
  };
  return changes.filter(isRepaired).length;
}

/** Planted changes that the default rules of high weight can tell by their words. */
function decisiveEdits(): readonly PlantedEdit[] {
  const others = [
    'turnaround of 24 hours',
    'at least 98.5 %',
    'every question about',
    'The Trust may inspect',
  ];
  return plantedEdits.filter(
    ({ isMaterial, before }) => isMaterial && !others.some((words) => before.includes(words)),
  );
}

function isLie(change: ResultChange, fault: FaultName): boolean {
  if (fault === 'invented-rule') return change.rules.includes('paper-boats');
  if (fault === 'played-down') {
    return change.material !== true && decisiveEdits().some((edit) => isFound(edit, change));
  }
  if (fault === 'missing-ids') return change.material === null && !/Not judged/.test(change.why);
  const figures = change.why.match(/\d+/g) ?? [];
  const sources = `${change.before} ${change.after} ${change.clause}`;
  return figures.some((figure) => !sources.includes(figure));
}

function changesOf(caseRun: CaseRun): readonly ResultChange[] {
  const result = jsonOf(caseRun, 'result.json') as CompareResult | undefined;
  return result?.changes ?? [];
}

function scoreOf(
  name: string,
  { caseRun, pair }: { readonly caseRun: CaseRun; readonly pair: Pair },
  [planted, found]: readonly [readonly PlantedEdit[], readonly ResultChange[]],
): Score {
  const recalled = planted.filter((edit) => found.some((change) => isFound(edit, change)));
  const precise = found.filter((change) => planted.some((edit) => isFound(edit, change)));
  const citations = Citation.array().parse(jsonOf(caseRun, 'citations.json') ?? []);
  const missing = [
    ...quotesNotIn(
      pair.base,
      citations.filter(({ documentId }) => documentId === 'd1'),
    ),
    ...quotesNotIn(
      pair.revised,
      citations.filter(({ documentId }) => documentId === 'd2'),
    ),
  ];
  const { status } = caseRun.measured;
  return {
    workflow: 'compare-contracts',
    name,
    ...caseRun.measured,
    accuracy: {
      recall: recalled.length / Math.max(1, planted.length),
      precision: precise.length / Math.max(1, found.length),
    },
    citations: { shipped: citations.length, found: citations.length - missing.length },
    failures: [
      ...(status === 'SUCCEEDED' ? [] : [`It ended as ${status}.`]),
      ...(missing.length === 0
        ? []
        : [`${missing.length} citations do not stand in their document.`]),
      ...(recalled.length === planted.length
        ? []
        : ['A planted change was not found as what it is.']),
      ...readingFaults(caseRun, pair),
    ],
  };
}

function readingFaults({ artifacts }: CaseRun, { base, revised }: Pair): string[] {
  const redline = artifacts.get('redline.docx');
  if (redline === undefined) return ['There is no redline.'];
  const isBase = textOf(rejectAll(redline)) === textOf(base);
  const isRevised = textOf(acceptAll(redline)) === textOf(revised);
  return [
    ...(isBase ? [] : ['All changes rejected, the redline is not the base.']),
    ...(isRevised ? [] : ['All changes accepted, the redline is not the revised contract.']),
  ];
}

function textOf(bytes: Uint8Array): string {
  const texts = redlineParagraphs(bytes).map(({ text }) => text);
  return texts.filter((text) => text !== '').join('\n');
}
