import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import { viewForEdit } from '#shared/documents/edit/view.ts';
import { readDocuments } from '#shared/documents/read-document.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import type { EditView } from '#shared/domain/edit-view.ts';
import { type DocumentId, documentIdOf } from '#shared/domain/ids.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { coverageOf } from '#shared/steps/task-coverage.ts';
import { writeArtifact } from '#shared/steps/write-artifact.ts';
import { hasSameTags } from '#shared/workflows/translate/check-translation.ts';
import { deliveredDocuments } from '#shared/workflows/translate/ledger.ts';
import { hasSameNumbers } from '#shared/workflows/translate/numbers.ts';
import { placeholdersIn, urlsIn } from '#shared/workflows/translate/protected-texts.ts';
import { translate } from '#shared/workflows/translate/workflow.ts';
import {
  plantedFiles,
  plantedGlossary,
  plantedNames,
} from '../../scripts/scorecard/translate-documents.ts';
import { driveWorkflow } from '../support/workflow-driver.ts';

const params = {
  languages: ['de', 'fr'],
  glossary: plantedGlossary,
  doNotTranslate: plantedNames,
  chunkTokens: 400,
};

const inputs = plantedFiles();
const documents: Document[] = [];
const editViews = new Map<DocumentId, EditView>();

beforeAll(async () => {
  for (const [index, { name, bytes }] of inputs.entries()) {
    const file = { documentId: documentIdOf(index + 1), name, bytes };
    const [document] = await readDocuments(file, translate.acceptedFormats);
    if (document === undefined) throw new Error('Expected a document.');
    documents.push(document);
    editViews.set(document.id, await viewForEdit(file, document.format, 'segments'));
  }
});

const answerOf = ({ messages }: CallSpec, fault?: FaultName): unknown =>
  JSON.parse(spoilContent(answerPrompt(messages).content, fault, messages));

function drive(answer: (spec: CallSpec) => unknown = answerOf, own: object = {}) {
  return driveWorkflow(translate, documents, {
    params: { ...params, ...own },
    answer,
    editViews,
    providerTitles: ['EmpirioLabs'],
  });
}

/** The ledger of a run. */
function ledgerOf(run: ReturnType<typeof drive>) {
  const outcomes = run.outcomes.filter(({ spec }) => spec.prompt !== 'translate.terms@1');
  return coverageOf(documents, outcomes, translate.account?.(run.context));
}

/** Counts of `qa.json` by language. */
function countsOf(run: ReturnType<typeof drive>) {
  const { languages } = run.rendering.result as {
    languages: {
      language: string;
      segments: number;
      translated: number;
      kept: number;
      failed: number;
    }[];
  };
  return languages;
}

const segmentCount = () =>
  [...editViews.values()].reduce(
    (sum, view) => sum + (view.kind === 'segments' ? view.segments.length : 0),
    0,
  );

describe('translate', () => {
  it('makes a file of each input in each language, a bilingual list and a report of the checks', () => {
    const { rendering, faults } = drive();

    expect(faults).toEqual([]);
    expect(Object.keys(rendering.contents ?? {})).toHaveLength(inputs.length * 2 + 2);
    expect(rendering.contents?.['study.de.docx']).toMatchObject({
      format: 'edited',
      original: 'd1',
      originalFormat: 'docx',
    });
    expect(rendering.contents).toHaveProperty(['bilingual.xlsx']);
    expect(rendering.citations).toEqual([]);
  });

  it('accounts for every segment: translated, kept with a reason, or failed (I6)', () => {
    const run = drive();
    const { totals } = ledgerOf(run);

    expect(totals).toEqual({ units: segmentCount(), used: 175, skipped: 7, failed: 0 });
    for (const { segments, translated, kept, failed } of countsOf(run)) {
      expect([segments, kept, failed]).toEqual([segmentCount(), 7, 0]);
      expect(translated).toBe(segmentCount() - 7);
    }
  });

  it('writes files in which every planted text is another one, and what stays is as it was', async () => {
    const { rendering } = drive();
    for (const [index, { name, bytes, texts, kept }] of inputs.entries()) {
      const content = rendering.contents?.[name.replace(/\.([^.]+)$/, '.de.$1')];
      if (content?.format !== 'edited') throw new Error('Expected an edited file.');
      const format = documents[index]?.format ?? 'docx';
      const before = await openForEdit({ bytes }, format);
      const written = before.write(new Map(Object.entries(content.texts)));
      const after = (await openForEdit({ bytes: written }, format)).segments;
      const read = after.map(({ text }) => withoutTags(text));

      expect(after).toHaveLength(before.segments.length);
      expect(texts.filter((text) => read.includes(text))).toEqual([]);
      expect(kept.filter((text) => !read.includes(text))).toEqual([]);
    }
  });

  it('writes names of sheets with the formulas that refer to them, and the language of each file', async () => {
    const { rendering } = drive(answerOf, { languages: ['de', 'ar'] });
    const partOf = async (name: string, part: string) => {
      const input = inputs.find((each) => name.startsWith(each.name.replace(/\.[^.]+$/, '.')));
      const bytes = input?.bytes ?? new Uint8Array();
      const file = await writeArtifact({ name, format: 'edited' }, rendering, async () => ({
        bytes,
      }));
      const own = part === '' ? file.bytes : unzipSync(file.bytes)[part];
      return new TextDecoder().decode(own);
    };
    const sheetName = /<sheet name="([^"]+)"/.exec(
      await partOf('costs.de.xlsx', 'book/book.xml'),
    )?.[1];

    expect(sheetName).not.toBe('Costs');
    expect(await partOf('costs.de.xlsx', 'book/one.xml')).toContain(
      `<f>SUM('${sheetName}'!B1:B9)</f>`,
    );
    expect(await partOf('page.de.html', '')).toContain('<html lang="de">');
    expect(await partOf('page.ar.html', '')).toContain('<html lang="ar" dir="rtl">');
    expect(await partOf('deck.de.pptx', 'deck/one.xml')).toContain('lang="de-DE"');
    expect(await partOf('study.ar.docx', 'content/main.xml')).toContain('<w:bidi/>');
  });

  it('accounts for every segment, with the tags, figures, placeholders and addresses of its source, under any chunking and any faults (I6)', () => {
    fc.assert(
      fc.property(randomAnswers, ({ seed, chunkTokens }) => {
        const run = drive(garbled(seed), { chunkTokens });
        const { totals } = ledgerOf(run);

        expect(totals.units).toBe(segmentCount());
        expect(totals.used + totals.skipped + totals.failed).toBe(totals.units);
        for (const { segments, translated, kept, failed } of countsOf(run)) {
          expect(translated + kept + failed).toBe(segments);
          expect(failed).toBeLessThanOrEqual(totals.failed);
        }
        const delivered = deliveredDocuments(run.context).flatMap(({ segments }) => segments);
        expect(delivered).toHaveLength(segmentCount());
        const changed = delivered.flatMap(({ id, source, texts }) =>
          params.languages
            .filter((language) => !holds(source, texts[language]?.text, language))
            .map((language) => [id, language]),
        );
        expect(changed).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  it.each(['broken-tags', 'wrong-number', 'wrong-term', 'missing-ids', 'extra-ids'] as const)(
    'repairs what a model that lies in its first answers (%s) has got wrong',
    (fault) => {
      const lies = new Set<string>();
      const run = drive((spec) => {
        const isFirst = spec.callId.startsWith('translate-0-');
        if (isFirst) lies.add(spec.callId);
        return answerOf(spec, isFirst ? fault : undefined);
      });

      expect(lies.size).toBeGreaterThan(10);
      expect(run.faults.length).toBeGreaterThan(0);
      expect(ledgerOf(run).totals.failed).toBe(0);
      expect(openFaults(run)).toEqual([]);
    },
  );

  it.each(['wrong-number', 'wrong-term', 'missing-ids'] as const)(
    'names what a model that always lies (%s) leaves wrong',
    (fault) => {
      const run = drive((spec) => answerOf(spec, fault));

      expect(openFaults(run).length).toBeGreaterThan(0);
      const isGrave = fault !== 'wrong-term';
      expect(ledgerOf(run).totals.failed > 0).toBe(isGrave);
    },
  );

  it('is not whole where a term of the glossary stays away, and says in which language', () => {
    const run = drive((spec) =>
      answerOf(spec, spec.context['language'] === 'fr' ? 'wrong-term' : undefined),
    );
    const problems = translate.account?.(run.context).problems ?? [];

    expect(problems.map(({ code, details }) => [code, details?.['language']])).toEqual([
      ['answer_invalid', 'fr'],
    ]);
    expect(problems[0]?.details?.['withoutTerm']).toBeGreaterThan(10);
    expect(problems[0]?.message).toContain('flags');
    expect(JSON.stringify(problems)).not.toContain('invoice');
    expect(firstLinesOf(run)).toMatch(
      /into fr lacks a term of the glossary in \d+ of 182 segments/,
    );
    expect(JSON.stringify(run.rendering.result)).toContain('into fr lacks a term');
  });

  it('puts tags right by program where the model cannot, and keeps all words', () => {
    const run = drive((spec) => answerOf(spec, 'broken-tags'));
    const actions = deliveredDocuments(run.context).flatMap(({ segments }) =>
      segments.flatMap(({ texts }) => texts['de']?.faults ?? []),
    );

    expect(ledgerOf(run).totals.failed).toBe(0);
    expect(new Set(actions.map(({ action }) => action))).toEqual(new Set(['repaired-by-code']));
  });

  it('says on the first lines of the list what is missing', () => {
    const run = drive((spec) =>
      spec.unitIds.some((id) => id === 'd1.s5') ? undefined : answerOf(spec),
    );

    expect(firstLinesOf(run)).toMatch(
      /into de is not complete: \d+ of 182 segments are not translated/,
    );
    expect(firstLinesOf(run)).toMatch(
      /into fr is not complete: \d+ of 182 segments are not translated/,
    );
  });

  it('says for each language by itself why the task is not whole', () => {
    const run = drive((spec) =>
      spec.context['language'] === 'fr' && spec.unitIds.some((id) => id === 'd1.s5')
        ? undefined
        : answerOf(spec),
    );
    const problems = translate.account?.(run.context).problems ?? [];

    expect(problems.map(({ details }) => details?.['language'])).toEqual(['fr']);
    expect(problems[0]?.details?.['units']).toContain('d1.s5');
  });
});

/** Whether what must not change in a text is as it was. */
function holds(source: string, text: string | undefined, language: string): boolean {
  if (text === undefined || !hasSameTags(source, text)) return false;
  const [before, after] = [withoutTags(source), withoutTags(text)];
  const isSame = (find: (text: string) => readonly string[]) =>
    find(before).toSorted().join('\n') === find(after).toSorted().join('\n');
  return hasSameNumbers(before, after, language) && isSame(placeholdersIn) && isSame(urlsIn);
}

/** The lines above the list of all segments. */
function firstLinesOf(run: ReturnType<typeof drive>): string {
  const content = run.rendering.contents?.['bilingual.xlsx'];
  const notes = content?.format === 'xlsx' ? content.workbook.sheets[0]?.notes : [];
  return (notes ?? []).map(({ text }) => text).join(' ');
}

const randomAnswers = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  chunkTokens: fc.integer({ min: 100, max: 2_000 }),
});

/** Answers as a bad model gives them: by chance right, spoilt, cut to pieces or none at all. The same for a seed. */
function garbled(seed: number): (spec: CallSpec) => unknown {
  let state = seed;
  const chance = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const spoilt = ['broken-tags', 'wrong-number', 'wrong-term', 'missing-ids', 'extra-ids'] as const;
  return (spec) => {
    const roll = chance();
    if (roll < 0.1) return undefined;
    if (roll < 0.5) return answerOf(spec, spoilt[Math.floor(chance() * spoilt.length)]);
    const answer = answerOf(spec);
    if (roll < 0.7) return answer;
    return JSON.parse(
      JSON.stringify(answer, (key, value) =>
        key === 'text' && typeof value === 'string'
          ? value.slice(Math.floor(chance() * 10), Math.floor(chance() * value.length * 2))
          : value,
      ),
    );
  };
}

function openFaults(run: ReturnType<typeof drive>) {
  return deliveredDocuments(run.context).flatMap(({ segments }) =>
    segments.flatMap(({ texts }) =>
      Object.values(texts).flatMap(({ faults }) =>
        faults.filter(({ action }) => action === 'kept' || action === 'named'),
      ),
    ),
  );
}
