import * as z from 'zod';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { type CaseRun, jsonOf, runCase } from './run-case.ts';
import type { Score } from './score.ts';
import {
  type PlantedFile,
  plantedFiles,
  plantedGlossary,
  plantedNames,
} from './translate-documents.ts';

const languages = ['de', 'fr'] as const;

/** One planted file of each of the seven formats, translated into two languages; and the same by models that lie, now and then or always. */
export async function scoreTranslate(): Promise<readonly Score[]> {
  const files = plantedFiles();
  const scores = [await scoreOf('seven formats, two languages', files)];
  for (const fault of ['broken-tags', 'wrong-number', 'wrong-term', 'missing-ids'] as const) {
    scores.push(await scoreOf(`seven formats, ${fault} now and then`, files, { fault, every: 3 }));
    scores.push(await scoreOf(`seven formats, ${fault} always`, files, { fault, every: 1 }));
  }
  return scores;
}

interface Lie {
  readonly fault: FaultName;
  readonly every: number;
}

async function scoreOf(name: string, files: readonly PlantedFile[], lie?: Lie): Promise<Score> {
  const run = await runCase({
    workflow: 'translate',
    files,
    params: {
      languages,
      glossary: plantedGlossary,
      doNotTranslate: plantedNames,
      chunkTokens: 800,
    },
    faults: lie === undefined ? [] : [{ when: { every: lie.every }, fault: lie.fault }],
  });
  const found = await judge(run, files);
  const sure = lie === undefined ? undefined : atRisk(found, lie.fault);
  return {
    workflow: 'translate',
    name,
    ...run.measured,
    accuracy: {
      recall: found.right / found.planted,
      precision: 1 - found.foreign / Math.max(1, found.delivered),
    },
    citations: { shipped: 0, found: 0 },
    ...(lie === undefined || sure === undefined
      ? {}
      : { faults: { fault: lie.fault, planted: sure, caught: sure - found.unnamed } }),
    failures: failuresOf(run, found, lie),
  };
}

/** Texts that a fault can be in, counted once a language. */
function atRisk({ planted, tagged, withTerm }: Found, fault: FaultName): number {
  if (fault === 'broken-tags') return tagged;
  return fault === 'wrong-term' ? withTerm : planted;
}

function failuresOf({ measured }: CaseRun, found: Found, lie: Lie | undefined): string[] {
  const isWhole = found.failed === 0 && found.withoutTerm === 0;
  const mustEnd = isWhole ? 'SUCCEEDED' : 'PARTIAL';
  const isRepaired = lie === undefined || lie.every > 1;
  return [
    ...(measured.status === mustEnd ? [] : [`It ended as ${measured.status}.`]),
    ...(found.unnamed === 0 ? [] : [`${found.unnamed} texts are wrong and named nowhere.`]),
    ...(isRepaired && found.wrong > 0 ? [`${found.wrong} texts were not repaired.`] : []),
    ...(measured.coverage?.units === found.segments
      ? []
      : ['Segments in are not those accounted for.']),
    ...(found.lostKept === 0 ? [] : [`${found.lostKept} texts that stay were changed.`]),
  ];
}

const Qa = z.object({
  languages: z.array(
    z.object({
      language: z.string(),
      failed: z.number(),
      faults: z.record(z.string(), z.array(z.object({ id: z.string(), action: z.string() }))),
    }),
  ),
});

/** What was found in the translated files, in numbers of texts. */
interface Found {
  readonly planted: number;
  /** Planted, and found translated. */
  readonly right: number;
  readonly wrong: number;
  /** Wrong, and no fault that is open says so. */
  readonly unnamed: number;
  readonly lostKept: number;
  readonly delivered: number;
  /** Delivered, and neither planted nor to be kept. */
  readonly foreign: number;
  readonly segments: number;
  readonly tagged: number;
  readonly withTerm: number;
  readonly failed: number;
  /** Delivered without a term of the glossary, and named. */
  readonly withoutTerm: number;
}

/** Reads each translated file again and looks for every planted text in its translation, without asking the workflow what it did. */
async function judge(run: CaseRun, files: readonly PlantedFile[]): Promise<Found> {
  const qa = Qa.parse(jsonOf(run, 'qa.json'));
  const founds: Found[] = [];
  for (const [position, file] of files.entries()) {
    for (const language of languages) {
      const bytes = run.artifacts.get(file.name.replace(/\.([^.]+)$/, `.${language}.$1`));
      const named = namedIds(qa, language, `d${position + 1}`);
      founds.push(await judgeFile(file, bytes, { language, named }));
    }
  }
  const sum = (pick: (found: Found) => number) =>
    founds.reduce((total, found) => total + pick(found), 0);
  return {
    planted: sum(({ planted }) => planted),
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
    unnamed: sum(({ unnamed }) => unnamed),
    lostKept: sum(({ lostKept }) => lostKept),
    delivered: sum(({ delivered }) => delivered),
    foreign: sum(({ foreign }) => foreign),
    segments: sum(({ segments }) => segments) / languages.length,
    tagged: sum(({ tagged }) => tagged),
    withTerm: sum(({ withTerm }) => withTerm),
    failed: qa.languages.reduce((total, { failed }) => total + failed, 0),
    withoutTerm: qa.languages
      .flatMap(({ faults }) => faults['glossary'] ?? [])
      .filter(({ action }) => action === 'named').length,
  };
}

async function judgeFile(
  file: PlantedFile,
  bytes: Uint8Array | undefined,
  { language, named }: { language: (typeof languages)[number]; named: ReadonlySet<number> },
): Promise<Found> {
  const format = formatOf(file.name);
  const before = (await openForEdit(file, format)).segments;
  const after = bytes === undefined ? [] : (await openForEdit({ bytes }, format)).segments;
  const texts = after.map(({ text }) => withoutTags(text));
  const planted = new Set(file.texts);
  const reached = new Set(texts.filter((text) => !planted.has(text)).map(plainForm));
  const wrong = file.texts.filter((text) => !reached.has(expected(text, language)));
  const open = new Set(
    before.flatMap(({ text }, index) => (named.has(index + 1) ? [withoutTags(text)] : [])),
  );
  const known = new Set([
    ...file.texts.map((text) => expected(text, language)),
    ...file.kept.map(plainForm),
    ...sheetNames,
  ]);
  return {
    planted: file.texts.length,
    right: file.texts.length - wrong.length,
    wrong: wrong.length,
    unnamed: wrong.filter((text) => !open.has(text)).length,
    lostKept: file.kept.filter((text) => !texts.includes(text)).length,
    delivered: texts.length,
    foreign: texts.filter((text) => !known.has(plainForm(text))).length,
    segments: before.length,
    tagged: before.filter(({ text }) => /<[gx]\d/.test(text)).length,
    withTerm: file.texts.filter((text) => text.includes('invoice')).length,
    failed: 0,
    withoutTerm: 0,
  };
}

/** Of the planted workbook. */
const sheetNames = ['Costs'];

/** Positions of the segments of a document that have a fault in a language that was not repaired. */
function namedIds(
  { languages: reports }: z.infer<typeof Qa>,
  language: string,
  documentId: string,
): Set<number> {
  const report = reports.find((each) => each.language === language);
  const faults = Object.values(report?.faults ?? {}).flat();
  return new Set(
    faults
      .filter(({ id }) => id.startsWith(`${documentId}.`))
      .filter(({ action }) => action === 'kept' || action === 'named')
      .map(({ id }) => Number(id.slice(documentId.length + 2))),
  );
}

/** What the stand-in for a translator makes of a text, but for the accents: the terms of the glossary are others. */
function expected(text: string, language: (typeof languages)[number]): string {
  const translated = plantedGlossary.reduce(
    (said, { term, translations }) => said.replaceAll(term, translations[language]),
    text,
  );
  return plainForm(translated);
}

function plainForm(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŀĺ]/gu, 'l')
    .replace(/đ/gu, 'd')
    .replace(/[ŁĿ]/gu, 'L')
    .replace(/Đ/gu, 'D')
    .replace(/\s+/gu, ' ')
    .trim();
}

const formats: Readonly<Record<string, DocumentFormat>> = { md: 'markdown' };

function formatOf(name: string): DocumentFormat {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return formats[extension] ?? (extension as DocumentFormat);
}
