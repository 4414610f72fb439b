import type { Document } from '#shared/domain/document.ts';
import type { Segment } from '#shared/domain/edit-view.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { segmentIdOf, type UnitId } from '#shared/domain/ids.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import { describeLocator } from '#shared/domain/locator.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { countWords, guessLanguage, stopWords } from '../language.ts';
import { glossaryDocument } from './glossary.ts';
import { encodeLines } from './line-marks.ts';
import { TranslateParams } from './params.ts';
import { countExact, withoutProtected } from './protected-texts.ts';
import { type Entry, SegmentsOutput, type TrackedSegment } from './schemas.ts';

/** Lists what is to be translated: every segment of every file, texts that occur several times once. */
export const segmentsStage: CodeStage = {
  kind: 'code',
  name: 'segments',
  title: 'Listing the texts',
  run(context): SegmentsOutput {
    const params = TranslateParams.parse(context.params);
    const glossary = glossaryDocument(context);
    const list = createEntryList(params.doNotTranslate);
    const documents = context.documents
      .filter(({ id }) => id !== glossary?.id)
      .map((document) => ({
        id: document.id,
        segments: segmentsOf(context, document).map((segment, index) =>
          list.add(segment, segmentIdOf(document.id, index + 1)),
        ),
      }));
    return {
      source: params.source === 'auto' ? sourceOf(list.entries) : params.source,
      ...(glossary === undefined ? {} : { glossaryId: glossary.id }),
      documents,
      entries: list.entries,
    };
  },
};

/** Output of the stage. */
export function segmentsIn(context: Pick<StageContext, 'earlier'>): SegmentsOutput {
  return SegmentsOutput.parse(context.earlier('segments'));
}

/** The segments of an input by their ids within the file. Throws `invalid_params` for a file that cannot be rewritten. */
export function segmentsOf(context: StageContext, document: Document): readonly Segment[] {
  const view = context.editViewOf(document.id);
  if (view.kind === 'segments') return view.segments;
  throw new QuireError(
    'invalid_params',
    `Expected files that can be rewritten (DOCX, PPTX, XLSX, HTML, Markdown, VTT, SRT), got ${document.format} as ${document.id}; name it in "glossary" if it is one, or leave it out.`,
    { details: { documentId: document.id } },
  );
}

function createEntryList(doNotTranslate: readonly string[]) {
  const entries: (Entry & { count: number })[] = [];
  const byText = new Map<string, Entry & { count: number }>();
  return {
    entries,
    add({ id: segmentId, kind, locator, text: written }: Segment, id: UnitId): TrackedSegment {
      const tracked = { id, segmentId, kind, place: describeLocator(locator) };
      const text = encodeLines(written);
      const kept = reasonToKeep(text, doNotTranslate);
      if (kept !== undefined) return { ...tracked, kept };
      const key = `${kind}\n${text}`;
      const known = byText.get(key);
      if (known !== undefined) {
        known.count += 1;
        return { ...tracked, entry: known.id };
      }
      const entry = { id, kind, text, count: 1 };
      byText.set(key, entry);
      entries.push(entry);
      return { ...tracked, entry: id };
    },
  };
}

const code = /^(?=.*\p{N})(?=.*\p{L})[\p{Lu}\p{N}]+(?:[-_/.:][\p{Lu}\p{N}]+)*$/u;

/** Why there is nothing to translate in a text, if so. */
function reasonToKeep(text: string, doNotTranslate: readonly string[]): string | undefined {
  const plain = withoutTags(text).trim();
  if (!/\p{L}/u.test(plain)) return 'no letters, only figures and signs';
  const own = withoutProtected(plain);
  if (!/\p{L}/u.test(own)) return 'only addresses and placeholders, which stay as they are';
  if (code.test(plain)) return 'a code, which stays as it is';
  const occurring = doNotTranslate.filter((term) => countExact(plain, term) > 0);
  const left = occurring
    .toSorted((first, second) => second.length - first.length)
    .reduce((rest, term) => rest.replaceAll(term, ' '), own);
  return /\p{L}/u.test(left) ? undefined : 'only words that are not to be translated';
}

const maxGuessed = 400;

/** The language that the small words tell; `auto` where they tell none, as in other scripts than the Latin one. */
function sourceOf(entries: readonly Entry[]): string {
  const texts = entries.slice(0, maxGuessed).map(({ text }) => withoutTags(text));
  const all = texts.join(' ');
  const words = all.toLowerCase().match(/\p{Script=Latin}+/gu) ?? [];
  const small = words.filter((word) => stopWords.has(word)).length;
  const isTold = words.length > countWords(all) / 2 && small >= Math.max(3, words.length / 20);
  return isTold ? guessLanguage(all) : 'auto';
}
