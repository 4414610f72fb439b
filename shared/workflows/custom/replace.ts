import type { Document } from '#shared/domain/document.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import { describeLocator, type Locator } from '#shared/domain/locator.ts';
import type { StageContext } from '../definition.ts';
import { asideTexts, comparable, type SegmentTexts, unreadIn } from './aside-texts.ts';
import type { ArtifactOf, WorkflowDefinition } from './definition.ts';
import { findExact } from './find-text.ts';
import { findPattern, type PatternName } from './patterns.ts';
import { createRenderData, type RenderData, type Row } from './render-data.ts';
import { createReplacer, type Replacement } from './replace-text.ts';
import { fillRow } from './row-text.ts';

/** A text that is still in a file, and where. */
export interface LeftText {
  readonly documentName: string;
  readonly place: string;
  /** Why, fit for the end of a sentence. */
  readonly reason: string;
}

/** What replacing makes of the inputs. */
export interface Replaced {
  /** New texts of segments, by document. */
  readonly texts: ReadonlyMap<DocumentId, Readonly<Record<string, string>>>;
  /** How often each text was replaced in all files. */
  readonly counts: ReadonlyMap<string, number>;
  readonly left: readonly LeftText[];
  /** What stays in a file although nobody has looked for anything in it, fit for a sentence. */
  readonly unread: readonly { readonly documentName: string; readonly what: string }[];
}

/** Replaces every occurrence of the texts found, in every input, and says where one is left. */
export function replaceIn(
  definition: WorkflowDefinition,
  artifact: ArtifactOf<'replace'>,
  context: StageContext,
): Replaced {
  const data = createRenderData(definition, context);
  const replacements = replacementsOf(artifact, data);
  const replacer = createReplacer(replacements);
  const files = context.documents.map((document) => {
    const file = replaceInFile(context, document, replacer);
    const done = { ...file, replacer, patterns: patternsOf(definition, artifact) };
    return { document, ...file, left: leftIn(document, replacements, done) };
  });
  const counts = new Map<string, number>();
  for (const file of files) for (const [each, count] of file.counts) add(counts, each, count);
  return {
    texts: new Map(files.map(({ document, texts }) => [document.id, texts])),
    counts,
    left: files.flatMap(({ left }) => left),
    unread: files.flatMap(({ document, plain }) =>
      unreadIn(document, plain).map((what) => ({ documentName: document.name, what })),
    ),
  };
}

type Replacer = ReturnType<typeof createReplacer>;

function replaceInFile(context: StageContext, { id: documentId }: Document, replacer: Replacer) {
  const view = context.editViewOf(documentId);
  const counts = new Map<string, number>();
  const countsByArea = new Map<string, number>();
  const texts: Record<string, string> = {};
  // Formulas name sheets, and a name may have neither brackets nor a twin.
  const segments = view.kind === 'segments' ? view.segments : [];
  for (const { id, text, locator } of segments.filter(({ kind }) => kind !== 'sheet-name')) {
    const replaced = replacer(text);
    if (replaced.text !== text) texts[id] = replaced.text;
    for (const [each, count] of replaced.counts) {
      add(counts, each, count);
      add(countsByArea, inAreaOf(locator, each), count);
    }
  }
  const plain = new Set(segments.map(({ text }) => comparable(withoutTags(text))));
  const tagged = segments.map(({ text }) => text);
  return { counts, countsByArea, texts, plain, tagged };
}

/** The text of a record that is replaced. */
export function replacedTextOf({ field }: ArtifactOf<'replace'>, row: Row): string {
  const value = (row.value as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : '';
}

/** Each text once; what the first record of it says stands in its place. */
function replacementsOf(artifact: ArtifactOf<'replace'>, data: RenderData): Replacement[] {
  const byText = new Map<string, Replacement>();
  for (const row of data.rows(artifact.find)) {
    const text = replacedTextOf(artifact, row);
    if (text === '' || byText.has(text)) continue;
    byText.set(text, { text, by: fillRow(artifact.with, { row, data }) });
  }
  return [...byText.values()];
}

function add(counts: Map<string, number>, text: string, count: number): void {
  counts.set(text, (counts.get(text) ?? 0) + count);
}

/** Those that the verified list is searched by. */
function patternsOf(
  { stages }: WorkflowDefinition,
  { find }: ArtifactOf<'replace'>,
): PatternName[] {
  const [name, list] = find.split('.');
  return stages.flatMap((stage) =>
    stage.kind === 'verify' && stage.name === name
      ? stage.patterns.flatMap((each) => (each.list === list ? [each.pattern] : []))
      : [],
  );
}

interface Done extends SegmentTexts {
  /** How often each text was replaced in each area of the file, see {@link inAreaOf}. */
  readonly countsByArea: ReadonlyMap<string, number>;
  readonly replacer: Replacer;
  /** Forms of text that are to be found wherever they stand, though no model reads it there. */
  readonly patterns: readonly PatternName[];
}

/** Texts that the reader has seen more often than they could be replaced, and those in parts of the file that are not rewritten. */
function leftIn(document: Document, replacements: readonly Replacement[], done: Done): LeftText[] {
  const found: { place: string; reason: string }[] = [];
  // A text within a longer one that was replaced is gone with it: both are counted in the same way.
  const seen = new Map<string, { count: number; places: string[] }>();
  for (const { text, locator } of document.units) {
    for (const [each, count] of done.replacer(escapeText(text)).counts) {
      const key = inAreaOf(locator, each);
      const known = seen.get(key) ?? { count: 0, places: [] };
      seen.set(key, {
        count: known.count + count,
        places: [...known.places, describeLocator(locator)],
      });
    }
  }
  for (const [key, { count, places }] of seen) {
    if (count <= (done.countsByArea.get(key) ?? 0)) continue;
    found.push({
      place: [...new Set(places)].slice(0, 5).join('; '),
      reason:
        'it stands in a part that cannot be rewritten, such as a number, a field or a picture',
    });
  }
  const holds = (text: string) =>
    replacements.some((each) => findExact(each.text, text).length > 0) ||
    done.patterns.some((pattern) => findPattern(pattern, text).length > 0);
  found.push(...asideTexts(document, { holds, ...done }));
  const distinct = new Map(found.map((each) => [`${each.place} ${each.reason}`, each]));
  return [...distinct.values()].map((each) => ({ documentName: document.name, ...each }));
}

/**
 * A text in one header, sheet, slide or the like: counted for each alone, so that what was replaced in one never makes up for what is left in
 * another.
 */
function inAreaOf(locator: Locator, text: string): string {
  return `${areaOf(locator)}\n${text}`;
}

function areaOf(locator: Locator): string {
  switch (locator.kind) {
    case 'docx':
    case 'odt':
    case 'rtf':
      return `${locator.part} ${locator.story ?? 1}`;
    case 'sheet':
      return locator.sheet;
    case 'slide':
      return `${locator.slide} ${locator.part}`;
    default:
      return '';
  }
}
