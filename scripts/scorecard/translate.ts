import * as z from 'zod';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { readPrompt } from '#shared/workflows/prompt.ts';
import {
  answersIn,
  type CaseRun,
  describeLie,
  jsonOf,
  type Lie,
  rulesFor,
  runCase,
} from './run-case.ts';
import { type FaultCount, faultFailures, type Score, type ScoreCase } from './score.ts';
import {
  type PlantedFile,
  plantedFiles,
  plantedGlossary,
  plantedNames,
} from './translate-documents.ts';

const languages = ['de', 'fr'] as const;

/** One planted file of each of the seven formats, translated into two languages; and the same by models that lie, now and then or always. */
export function translateCases(): ScoreCase[] {
  const faults = ['broken-tags', 'wrong-number', 'wrong-term', 'missing-ids'] as const;
  const lies = faults.flatMap((fault) => [3, 1].map((oneIn) => ({ fault, oneIn })));
  return [undefined, ...lies].map((lie) => {
    const name = `seven formats, two languages${lie === undefined ? '' : `, ${describeLie(lie)}`}`;
    const run = async () => [await scoreOf(name, plantedFiles(), lie)];
    return { workflow: 'translate', name, isQuick: lie === undefined, run };
  });
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
    faults: rulesFor(lie),
  });
  const found = await judge(run, files);
  const faults = lie === undefined ? undefined : fatesOf(run, found, lie.fault);
  return {
    workflow: 'translate',
    name,
    ...run.measured,
    accuracy: {
      recall: found.right / found.planted,
      precision: 1 - found.foreign / Math.max(1, found.delivered),
    },
    citations: { shipped: 0, found: 0 },
    ...(faults === undefined ? {} : { faults }),
    failures: [
      ...failuresOf(run, found, lie),
      ...(faults === undefined ? [] : faultFailures(faults)),
    ],
  };
}

const Segments = z.object({ segments: z.array(z.object({ id: z.string(), text: z.string() })) });

/** What became of the texts that lies were told about, each counted once a language. */
function fatesOf({ lies }: CaseRun, { named, unnamed }: Found, fault: FaultName): FaultCount {
  const harmed = new Set(
    lies.flatMap((lie) => {
      const answers = answersIn(lie);
      const honest = Segments.safeParse(answers?.honest).data?.segments ?? [];
      const told = new Map(
        (Segments.safeParse(answers?.told).data?.segments ?? []).map(({ id, text }) => [id, text]),
      );
      const language = languages.find((each) =>
        readPrompt(lie.messages)?.facts['To']?.includes(`(${each})`),
      );
      return honest
        .filter(({ id, text }) => told.get(id) !== text)
        .map(({ id }) => `${language} ${id}`);
    }),
  );
  const count = (ids: ReadonlySet<string>) => [...harmed].filter((id) => ids.has(id)).length;
  const delivered = count(unnamed);
  return {
    fault,
    of: fault === 'missing-ids' ? 'texts left out' : 'texts changed',
    planted: harmed.size,
    repaired: harmed.size - count(named) - delivered,
    named: count(named),
  };
}

function failuresOf({ measured }: CaseRun, found: Found, lie: Lie | undefined): string[] {
  const isWhole = found.failed === 0 && found.withoutTerm === 0;
  const mustEnd = isWhole ? 'SUCCEEDED' : 'PARTIAL';
  const isRepaired = lie === undefined || lie.oneIn > 1;
  return [
    ...(measured.status === mustEnd ? [] : [`It ended as ${measured.status}.`]),
    ...(found.unnamed.size === 0
      ? []
      : [`${found.unnamed.size} texts are wrong and named nowhere.`]),
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

/** What was found in the translated files: numbers of texts, and texts by language and id. */
interface Found {
  readonly planted: number;
  /** Planted, and found translated. */
  readonly right: number;
  readonly wrong: number;
  /** Texts with a fault that stayed, as `qa.json` says. */
  readonly named: ReadonlySet<string>;
  /** Wrong or without one of its tags, and `qa.json` does not say so. */
  readonly unnamed: ReadonlySet<string>;
  readonly lostKept: number;
  readonly delivered: number;
  /** Delivered, and neither planted nor to be kept. */
  readonly foreign: number;
  readonly segments: number;
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
      const documentId = `d${position + 1}`;
      const named = namedIds(qa, language, documentId);
      founds.push(await judgeFile(file, bytes, { language, named, documentId }));
    }
  }
  const sum = (pick: (found: Found) => number) =>
    founds.reduce((total, found) => total + pick(found), 0);
  const union = (pick: (found: Found) => ReadonlySet<string>) =>
    new Set(founds.flatMap((found) => [...pick(found)]));
  return {
    planted: sum(({ planted }) => planted),
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
    named: union(({ named }) => named),
    unnamed: union(({ unnamed }) => unnamed),
    lostKept: sum(({ lostKept }) => lostKept),
    delivered: sum(({ delivered }) => delivered),
    foreign: sum(({ foreign }) => foreign),
    segments: sum(({ segments }) => segments) / languages.length,
    failed: qa.languages.reduce((total, { failed }) => total + failed, 0),
    withoutTerm: qa.languages
      .flatMap(({ faults }) => faults['glossary'] ?? [])
      .filter(({ action }) => action === 'named').length,
  };
}

interface Reading {
  readonly language: (typeof languages)[number];
  readonly documentId: string;
  readonly named: ReadonlySet<number>;
}

async function judgeFile(
  file: PlantedFile,
  bytes: Uint8Array | undefined,
  { language, named, documentId }: Reading,
): Promise<Found> {
  const format = formatOf(file.name);
  const before = (await openForEdit(file, format)).segments;
  const after = bytes === undefined ? [] : (await openForEdit({ bytes }, format)).segments;
  const texts = after.map(({ text }) => withoutTags(text));
  const planted = new Set(file.texts);
  const reached = new Map(
    after
      .filter(({ text }) => !planted.has(withoutTags(text)))
      .map(({ text }) => [plainForm(withoutTags(text)), tagsIn(text)]),
  );
  const places = new Map(before.map(({ text }, index) => [withoutTags(text), { text, index }]));
  const wrong = file.texts.filter((text) => !reached.has(expected(text, language)));
  // Tags that were put together by code are the words without all of their formats: that must be named too.
  const isFlattened = (text: string) =>
    reached.get(expected(text, language)) !== tagsIn(places.get(text)?.text ?? '');
  const idAt = (index: number) => `${language} ${documentId}.s${index + 1}`;
  const unnamed = file.texts.filter(isFlattened).flatMap((text) => {
    const index = places.get(text)?.index ?? -1;
    return named.has(index + 1) ? [] : [idAt(index)];
  });
  const known = new Set([
    ...file.texts.map((text) => expected(text, language)),
    ...file.kept.map(plainForm),
    ...sheetNames,
  ]);
  return {
    planted: file.texts.length,
    right: file.texts.length - wrong.length,
    wrong: wrong.length,
    named: new Set([...named].map((position) => idAt(position - 1))),
    unnamed: new Set(unnamed),
    lostKept: file.kept.filter((text) => !texts.includes(text)).length,
    delivered: texts.length,
    foreign: texts.filter((text) => !known.has(plainForm(text))).length,
    segments: before.length,
    failed: 0,
    withoutTerm: 0,
  };
}

/** The tags of a text in any order: words of another language stand in another. */
function tagsIn(text: string): string {
  return (text.match(/<\/?[gx]\d+\/?>/g) ?? []).toSorted().join('');
}

/** Of the planted workbook. */
const sheetNames = ['Costs'];

/** Positions of the segments of a document that have a fault in a language that the model has not repaired. */
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
      .filter(({ action }) => ['kept', 'named', 'repaired-by-code'].includes(action))
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
