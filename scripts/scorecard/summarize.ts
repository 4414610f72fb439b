import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { Citation } from '#shared/domain/citation.ts';
import { quotesNotIn } from '../../examples/independent-search.ts';
import { makeExampleDocuments } from '../../examples/make-documents.ts';
import { type CaseRun, jsonOf, runCase } from './run-case.ts';
import type { Score } from './score.ts';

const PlantedFacts = z.record(z.string(), z.array(z.object({ id: z.string(), text: z.string() })));
const report = 'annual-report.docx';

/** The example report, whose planted facts are the truth; and the same under a model that invents quotes. */
export async function scoreSummarize(): Promise<readonly Score[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-scorecard-'));
  try {
    await makeExampleDocuments(folder);
    const bytes = new Uint8Array(await readFile(join(folder, report)));
    const facts = PlantedFacts.parse(
      JSON.parse(
        await readFile(new URL('../../examples/planted-facts.json', import.meta.url), 'utf8'),
      ),
    )[report];
    const texts = (facts ?? []).map(({ text }) => text);
    return [await scoreOf('30-page report', bytes, texts), await scoreOfLies(bytes, texts)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const params = { maxWords: 1_500, style: 'bullets' };

async function scoreOf(name: string, bytes: Uint8Array, texts: readonly string[]): Promise<Score> {
  const run = await runCase({ workflow: 'summarize', files: [{ name: report, bytes }], params });
  return judge(name, run, { bytes, texts });
}

async function scoreOfLies(bytes: Uint8Array, texts: readonly string[]): Promise<Score> {
  const run = await runCase({
    workflow: 'summarize',
    files: [{ name: report, bytes }],
    params,
    faults: [{ when: { every: 5 }, fault: 'invented-quote' }],
  });
  const score = judge('30-page report, invented quotes', run, { bytes, texts });
  const shippedLies = JSON.stringify(jsonOf(run, 'result.json')).includes('paper boats') ? 1 : 0;
  return {
    ...score,
    faults: { fault: 'invented-quote', planted: 1, caught: 1 - shippedLies },
    failures: [
      ...score.failures,
      ...(shippedLies > 0 ? ['An invented statement was delivered.'] : []),
    ],
  };
}

function judge(
  name: string,
  run: CaseRun,
  { bytes, texts }: { bytes: Uint8Array; texts: readonly string[] },
): Score {
  const citations = Citation.array().parse(jsonOf(run, 'citations.json') ?? []);
  const missing = quotesNotIn(bytes, citations);
  const quotes = citations.map(({ quote }) => quote);
  const isSaid = (text: string) =>
    quotes.some((quote) => text.includes(quote) || quote.includes(text));
  const recalled = texts.filter(isSaid).length;
  const precise = quotes.filter((quote) =>
    texts.some((text) => text.includes(quote) || quote.includes(text)),
  );
  return {
    workflow: 'summarize',
    name,
    ...run.measured,
    accuracy: {
      recall: recalled / Math.max(1, texts.length),
      precision: precise.length / Math.max(1, quotes.length),
    },
    citations: { shipped: citations.length, found: citations.length - missing.length },
    failures: [
      ...(run.measured.status === 'SUCCEEDED' ? [] : [`It ended as ${run.measured.status}.`]),
      ...(missing.length === 0
        ? []
        : [`${missing.length} citations do not stand in the document.`]),
    ],
  };
}
