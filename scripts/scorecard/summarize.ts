import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import { quotesNotIn } from '../../examples/independent-search.ts';
import { makeExampleDocuments } from '../../examples/make-documents.ts';
import { type CaseRun, describeLie, jsonOf, type Lie, rulesFor, runCase } from './run-case.ts';
import { faultFailures, type Score, type ScoreCase } from './score.ts';

const PlantedFacts = z.record(z.string(), z.array(z.object({ id: z.string(), text: z.string() })));
const report = 'annual-report.docx';
/** A summary chooses: what the stand-in for a model leaves out of a long report is no loss of the workflow. */
const minRecall = 0.6;

const Statements = z.array(z.object({ text: z.string(), citations: z.array(z.string()) }));
const Result = z.object({
  points: Statements,
  decisions: Statements,
  risks: Statements,
  openQuestions: Statements,
});

/** The example report, whose planted facts are the truth; and the same under a model that invents quotes. */
export function summarizeCases(): ScoreCase[] {
  const lie: Lie = { fault: 'invented-quote', oneIn: 3 };
  const everyTime: Lie = { fault: 'invented-quote', oneIn: 1 };
  return [undefined, lie, everyTime].map((each) => {
    const name = each === undefined ? '30-page report' : `30-page report, ${describeLie(each)}`;
    const run = async () => [await scoreOf(name, each)];
    return { workflow: 'summarize', name, isQuick: each === undefined, run };
  });
}

/** Room for all that is planted: what a shorter summary leaves out is its choice, not a loss. */
const params = { maxWords: 3_000, style: 'bullets' };

async function scoreOf(name: string, lie: Lie | undefined): Promise<Score> {
  const { bytes, texts } = await readReport();
  const files = [{ name: report, bytes }];
  const run = await runCase({ workflow: 'summarize', files, params, faults: rulesFor(lie) });
  const score = judge(name, run, { bytes, texts });
  if (lie === undefined) return score;
  const delivered =
    JSON.stringify(jsonOf(run, 'result.json') ?? '').split('paper boats').length - 1;
  const planted = run.lies.length;
  const repaired = Math.max(0, planted - delivered);
  const faults = { fault: lie.fault, of: 'statements made up', planted, repaired, named: 0 };
  return { ...score, faults, failures: [...score.failures, ...faultFailures(faults)] };
}

async function readReport(): Promise<{ bytes: Uint8Array; texts: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-scorecard-'));
  try {
    await makeExampleDocuments(folder);
    const bytes = new Uint8Array(await readFile(join(folder, report)));
    const facts = PlantedFacts.parse(
      JSON.parse(
        await readFile(new URL('../../examples/planted-facts.json', import.meta.url), 'utf8'),
      ),
    )[report];
    return { bytes, texts: (facts ?? []).map(({ text }) => text) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function judge(
  name: string,
  run: CaseRun,
  { bytes, texts }: { bytes: Uint8Array; texts: readonly string[] },
): Score {
  const citations = Citation.array().parse(jsonOf(run, 'citations.json') ?? []);
  const missing = new Set(quotesNotIn(bytes, citations));
  const quotes = citations.map(({ quote }) => quote);
  const isSaid = (text: string) =>
    quotes.some((quote) => text.includes(quote) || quote.includes(text));
  const result = Result.safeParse(jsonOf(run, 'result.json')).data;
  const said = Object.values(result ?? {}).flat();
  const isTrue = ({ citations: ids }: (typeof said)[number]) =>
    ids.length > 0 && ids.every((id) => !missing.has(id));
  const recall = texts.filter(isSaid).length / Math.max(1, texts.length);
  const counts: readonly (readonly [boolean, string])[] = [
    [run.measured.status === 'SUCCEEDED', `It ended as ${run.measured.status}.`],
    [missing.size === 0, `${missing.size} citations do not stand in the document.`],
    [
      said.length > 0 && said.every(isTrue),
      'A statement has no quote that stands in the document.',
    ],
    [recall >= minRecall, `Recall is below ${minRecall}: ${recall.toFixed(3)}.`],
  ];
  return {
    workflow: 'summarize',
    name,
    ...run.measured,
    accuracy: { recall, precision: said.filter(isTrue).length / Math.max(1, said.length) },
    citations: { shipped: citations.length, found: citations.length - missing.size },
    failures: counts.flatMap(([holds, sentence]) => (holds ? [] : [sentence])),
  };
}
