import * as z from 'zod';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { readDocuments } from '#shared/documents/read-document.ts';
import { Citation } from '#shared/domain/citation.ts';
import { DocumentFormat } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import type { CompareResult, ResultChange } from '#shared/workflows/compare-contracts/result.ts';
import {
  type PlantedEdit,
  plantedEdits,
  revisedContract,
} from '../../examples/content/contract/revision.ts';
import { quotesNotIn } from '../../examples/independent-search.ts';
import { writeServiceContract } from '../../examples/writing/service-contract.ts';
import { contractPdf } from './contract-pdf.ts';
import {
  answersIn,
  type CaseRun,
  describeLie,
  jsonOf,
  type Lie,
  rulesFor,
  runCase,
} from './run-case.ts';
import { faultFailures, type Score, type ScoreCase } from './score.ts';

interface Pair {
  readonly base: Uint8Array;
  readonly revised: Uint8Array;
}

/** The example contract and its negotiated version, whose differences are the truth; and the same under models that lie. */
export function compareContractsCases(): ScoreCase[] {
  const lies = ['played-down', 'invented-rule', 'wrong-number', 'missing-ids'] as const;
  return [
    caseOf('20 planted changes', true, async (pair) => {
      const honest = await run(pair);
      return [changesScore(honest, pair), movesScore(honest, pair), materialScore(honest, pair)];
    }),
    caseOf('20 planted changes, both versions as PDF', false, async (pair) => [
      await pdfScore('20 planted changes, both versions as PDF', pair),
    ]),
    ...lies.map((fault) => {
      const lie = { fault, oneIn: 1 };
      const name = `20 planted changes, ${describeLie(lie)}`;
      return caseOf(name, false, async (pair) => [
        liesScore(name, await run(pair, lie), { pair, fault }),
      ]);
    }),
  ];
}

function caseOf(
  name: string,
  isQuick: boolean,
  score: (pair: Pair) => Promise<readonly Score[]>,
): ScoreCase {
  return {
    workflow: 'compare-contracts',
    name,
    isQuick,
    run: async () =>
      await score({
        base: await writeServiceContract(),
        revised: await writeServiceContract(revisedContract()),
      }),
  };
}

function run({ base, revised }: Pair, lie?: Lie): Promise<CaseRun> {
  return runCase({
    workflow: 'compare-contracts',
    files: [
      { name: 'base.docx', bytes: base },
      { name: 'revised.docx', bytes: revised },
    ],
    faults: rulesFor(lie),
  });
}

/** A PDF tells neither paragraphs nor moves for sure: what counts is that the words of each change are among those listed, before and after. */
async function pdfScore(name: string, pair: Pair): Promise<Score> {
  const files = [
    { name: 'base.pdf', bytes: await contractPdf(pair.base) },
    { name: 'revised.pdf', bytes: await contractPdf(pair.revised) },
  ];
  const caseRun = await runCase({ workflow: 'compare-contracts', files });
  const changes = changesOf(caseRun);
  const [before, after] = [changes.map((each) => each.before), changes.map((each) => each.after)];
  const isListed = (words: string, texts: readonly string[]) =>
    words === '' || texts.some((text) => text.includes(words));
  const recalled = plantedEdits.filter(
    (edit) => isListed(edit.before, before) && isListed(edit.after, after),
  );
  const isPlanted = (change: ResultChange) =>
    plantedEdits.some(
      (edit) =>
        (edit.before !== '' && change.before.includes(edit.before)) ||
        (edit.after !== '' && change.after.includes(edit.after)),
    );
  const citations = citationsOf(caseRun, pair);
  const redline = caseRun.artifacts.get('redline.docx');
  const [base = '', revised = ''] = await Promise.all(files.map(wordsOfPdf));
  return {
    workflow: 'compare-contracts',
    name,
    ...caseRun.measured,
    accuracy: {
      recall: recalled.length / plantedEdits.length,
      precision: changes.filter(isPlanted).length / Math.max(1, changes.length),
    },
    citations,
    failures: [
      ...(caseRun.measured.status === 'SUCCEEDED'
        ? []
        : [`It ended as ${caseRun.measured.status}.`]),
      ...(citations.found === citations.shipped ? [] : ['Citations do not stand in the contract.']),
      ...(recalled.length === plantedEdits.length ? [] : ['A planted change is not listed.']),
      ...(redline === undefined || wordsOf(textOf(rejectAll(redline))) !== base
        ? ['All changes rejected, the redline is not the text of the base.']
        : []),
      ...(redline === undefined || wordsOf(textOf(acceptAll(redline))) !== revised
        ? ['All changes accepted, the redline is not the text of the revised contract.']
        : []),
    ],
  };
}

async function wordsOfPdf({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<string> {
  // The reader of PDFs keeps what it gets.
  const source = { documentId: documentIdOf(1), name, bytes: new Uint8Array(bytes) };
  const [document] = await readDocuments(source, DocumentFormat.options);
  const units = document?.units ?? [];
  return wordsOf(units.flatMap(({ table, text }) => table?.cells ?? [text]).join(' '));
}

function wordsOf(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
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

/** A lie is caught where the change is judged as an honest model judges it, or where the files show that something is left out or disputed. */
function liesScore(
  name: string,
  caseRun: CaseRun,
  { pair, fault }: { readonly pair: Pair; readonly fault: FaultName },
): Score {
  const changes = changesOf(caseRun);
  const score = scoreOf(name, { caseRun, pair }, [plantedEdits, changes]);
  const harmed = harmedIds(caseRun, fault);
  const fates = changes.filter(({ id }) => harmed.has(id)).map((each) => fateOf(each, fault));
  const count = (fate: string) => fates.filter((each) => each === fate).length;
  const faults = {
    fault,
    of: 'judgements',
    planted: harmed.size,
    repaired: count('repaired'),
    named: count('named'),
  };
  return {
    ...score,
    faults,
    failures: [
      // Where the model leaves out what it is asked, again and again, the task is PARTIAL and says so.
      ...score.failures.filter((sentence) => fault !== 'missing-ids' || !/ended as/.test(sentence)),
      ...(fault === 'missing-ids' && caseRun.measured.status !== 'PARTIAL'
        ? [`It ended as ${caseRun.measured.status}, not as PARTIAL.`]
        : []),
      ...faultFailures(faults),
    ],
  };
}

const Judgements = z.object({ changes: z.array(z.looseObject({ id: z.string() })) });

/** Changes about which an answer said something else than an honest one, or nothing. To call immaterial what is so does no harm. */
function harmedIds({ lies }: CaseRun, fault: FaultName): ReadonlySet<string> {
  const judging = lies.filter(({ prompt }) => prompt.startsWith('compare-contracts.classify'));
  return new Set(
    judging.flatMap((lie) => {
      const answers = answersIn(lie);
      const told = new Map(
        Judgements.parse(answers?.told).changes.map((each) => [each.id, each] as const),
      );
      const honest = Judgements.parse(answers?.honest).changes;
      const harmed = honest.filter((each) =>
        fault === 'played-down'
          ? each['material'] === true && told.get(each.id)?.['material'] === false
          : JSON.stringify(told.get(each.id)) !== JSON.stringify(each),
      );
      return harmed.map(({ id }) => id);
    }),
  );
}

function fateOf(change: ResultChange, fault: FaultName): 'repaired' | 'named' | 'delivered' {
  if (change.material === null) return 'named';
  if (fault === 'played-down' && change.material === false) return 'delivered';
  if (change.rules.includes('paper-boats') || hasForeignFigure(change)) return 'delivered';
  const isNamed = change.opinions !== undefined || change.why.includes('was left out');
  return isNamed ? 'named' : 'repaired';
}

function hasForeignFigure({ why, before, after, clause }: ResultChange): boolean {
  const sources = `${before} ${after} ${clause}`;
  return (why.match(/\d+/g) ?? []).some((figure) => !sources.includes(figure));
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
  const citations = citationsOf(caseRun, pair);
  const missing = citations.shipped - citations.found;
  const { status } = caseRun.measured;
  return {
    workflow: 'compare-contracts',
    name,
    ...caseRun.measured,
    accuracy: {
      recall: recalled.length / Math.max(1, planted.length),
      precision: precise.length / Math.max(1, found.length),
    },
    citations,
    failures: [
      ...(status === 'SUCCEEDED' ? [] : [`It ended as ${status}.`]),
      ...(missing === 0 ? [] : [`${missing} citations do not stand in their document.`]),
      ...(recalled.length === planted.length
        ? []
        : ['A planted change was not found as what it is.']),
      ...readingFaults(caseRun, pair),
    ],
  };
}

/** A PDF has the words of its Word file, which a plain search can look through. */
function citationsOf(caseRun: CaseRun, { base, revised }: Pair): Score['citations'] {
  const citations = Citation.array().parse(jsonOf(caseRun, 'citations.json') ?? []);
  const of = (id: string) => citations.filter(({ documentId }) => documentId === id);
  const missing = [...quotesNotIn(base, of('d1')), ...quotesNotIn(revised, of('d2'))];
  return { shipped: citations.length, found: citations.length - missing.length };
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
