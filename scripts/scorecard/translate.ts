import * as z from 'zod';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import type { DocumentFormat } from '#shared/domain/document.ts';
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
    scores.push(await scoreOf(`seven formats, ${fault} now and then`, files, { fault, every: 2 }));
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
    params: { languages, glossary: plantedGlossary, doNotTranslate: plantedNames, chunkTokens: 800 },
    faults: lie === undefined ? [] : [{ when: { every: lie.every }, fault: lie.fault }],
  });
  const found = await judge(run, files);
  const { failed, wrong, named } = found;
  const unnamed = wrong.filter((text) => !named.has(text)).length;
  const isLying = lie !== undefined;
  const mustEnd = isLying && failed > 0 ? 'PARTIAL' : 'SUCCEEDED';
  const coverage = run.measured.coverage;
  return {
    workflow: 'translate',
    name,
    ...run.measured,
    accuracy: { recall: found.right / found.planted, precision: found.precision },
    citations: { shipped: 0, found: 0 },
    ...(lie === undefined
      ? {}
      : {
          faults: {
            fault: lie.fault,
            planted: found.planted,
            caught: found.planted - unnamed,
          },
        }),
    failures: [
      ...(run.measured.status === mustEnd ? [] : [`It ended as ${run.measured.status}.`]),
      ...(unnamed === 0 ? [] : [`${unnamed} texts are wrong in a file and named nowhere.`]),
      ...(isLying || wrong.length === 0 ? [] : [`${wrong.length} texts are not translated.`]),
      ...(lie?.every === 2 && wrong.length > 0 ? [`${wrong.length} texts were not repaired.`] : []),
      ...(coverage?.units === found.segments ? [] : ['Segments in are not those accounted for.']),
      ...(found.lostKept === 0 ? [] : [`${found.lostKept} texts that stay were changed.`]),
    ],
  };
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

/** Reads each translated file again and looks for every planted text in its translation, without asking the workflow what it did. */
async function judge(run: CaseRun, files: readonly PlantedFile[]) {
  const qa = Qa.parse(jsonOf(run, 'qa.json'));
  const named = new Set<string>();
  const wrong: string[] = [];
  const counts = { planted: 0, right: 0, segments: 0, foreign: 0, delivered: 0, lostKept: 0 };
  for (const [position, file] of files.entries()) {
    const format = formatOf(file.name);
    const before = (await openForEdit(file, format)).segments;
    counts.segments += before.length;
    for (const language of languages) {
      const bytes = run.artifacts.get(file.name.replace(/\.([^.]+)$/, `.${language}.$1`));
      const after = bytes === undefined ? [] : (await openForEdit({ bytes }, format)).segments;
      const texts = after.map(({ text }) => withoutTags(text));
      const wanted = new Map(file.texts.map((text) => [expected(text, language), text]));
      const reached = new Set(texts.filter((text) => !wanted.has(text)).map(plainForm));
      for (const [form, text] of wanted) {
        counts.planted += 1;
        if (reached.has(form)) counts.right += 1;
        else wrong.push(`${language} ${text}`);
      }
      counts.delivered += texts.length;
      const known = new Set([...wanted.keys(), ...file.kept.map(plainForm)]);
      counts.foreign += texts.filter((text) => !known.has(plainForm(text))).length;
      counts.lostKept += file.kept.filter((text) => !texts.includes(text)).length;
      const faulty = namedIds(qa, language);
      for (const [index, { text }] of before.entries()) {
        if (faulty.has(`d${position + 1}.s${index + 1}`)) {
          named.add(`${language} ${withoutTags(text)}`);
        }
      }
    }
  }
  const failed = qa.languages.reduce((sum, each) => sum + each.failed, 0);
  const precision = 1 - (counts.foreign - sheetNames) / Math.max(1, counts.delivered);
  return { ...counts, wrong, named, failed, precision };
}

/** `Costs` of the workbook is translated and was not planted as a text, once a language. */
const sheetNames = languages.length;

/** Segments of a language with a fault that was not repaired. */
function namedIds({ languages: reports }: z.infer<typeof Qa>, language: string): Set<string> {
  const report = reports.find((each) => each.language === language);
  const faults = Object.values(report?.faults ?? {}).flat();
  return new Set(
    faults.filter(({ action }) => action === 'kept' || action === 'named').map(({ id }) => id),
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
