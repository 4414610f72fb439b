import MarkdownIt, { type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import type { DocumentWarning, HiddenText, SourceFile } from '#shared/domain/document.ts';
import { decodeText, refuseLongText } from '../decode-text.ts';
import { textLimits } from '../limits.ts';
import type { ReadContent } from '../read-content.ts';
import { refuseComplex } from '../refuse-complex.ts';
import { collapseWhiteSpace, createUnitList } from '../unit-list.ts';
import { createBlockReader } from './markdown/blocks.ts';
import { guessWarning } from './text.ts';

const frontMatter = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** What the plugin for footnotes leaves behind. */
interface Footnotes {
  readonly list?: readonly { readonly tokens?: readonly Token[] }[];
}

/**
 * Reads Markdown (GitHub Flavored Markdown 0.29 with footnotes). Inline markup goes, its text stays; a footnote is where it is defined.
 * Blocks of HTML are read as such. The front matter, which pages made of the text do not show, is kept apart; its `title` is the title.
 */
export async function readMarkdown({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  refuseLongText(bytes);
  const { text, guessed } = decodeText(bytes);
  refuseComplex('characters of Markdown', text.length, textLimits.markdownCharacters);
  const matter = frontMatter.exec(text);
  const list = createUnitList(documentId);
  const environment: { [key: PropertyKey]: unknown; footnotes?: Footnotes } = {};
  const body = matter === null ? text : text.slice(matter[0].length);
  const reader = createBlockReader({
    list,
    lines: body.split(/\r\n?|\n/),
    lineOffset: matter === null ? 0 : matter[0].split(/\r?\n/).length - 1,
    inlineNote: (id) => environment.footnotes?.list?.[id]?.tokens ?? [],
  });
  for (const token of createParser().parse(body, environment)) reader.take(token);

  const declared = /^title:\s*["']?(.+?)["']?\s*$/m.exec(matter?.[1] ?? '')?.[1];
  const title = declared ?? list.units.find((unit) => unit.kind === 'heading')?.text;
  const hidden = [...hiddenMatter(matter?.[1]), ...reader.hidden];
  return {
    ...(title === undefined ? {} : { title }),
    units: list.units,
    hidden,
    warnings: [
      ...guessWarning(guessed),
      ...hiddenWarning(hidden.length),
      ...imageWarning(reader.findings.images),
      ...summed(reader.warnings),
    ],
  };
}

/** Definitions of footnotes stay where they are: moved to the end, those that nothing refers to would be lost. */
function createParser() {
  const parser = new MarkdownIt({
    html: true,
    linkify: true,
    maxNesting: textLimits.markdownNesting,
  }).use(footnotes);
  parser.linkify.set({ fuzzyLink: false });
  parser.core.ruler.disable('footnote_tail');
  return parser;
}

function hiddenMatter(matter: string | undefined): HiddenText[] {
  const text = collapseWhiteSpace(matter ?? '');
  return text === '' ? [] : [{ text, locator: { kind: 'text', line: 1, headingPath: [] } }];
}

function hiddenWarning(count: number): DocumentWarning[] {
  const message =
    'Front matter, cells beyond a table’s columns and hidden parts of HTML are kept apart.';
  return count === 0 ? [] : [{ code: 'hidden-text', message, count }];
}

function imageWarning(count: number): DocumentWarning[] {
  const message = 'Images are not read but for their alternative text.';
  return count === 0 ? [] : [{ code: 'image', message, count }];
}

/** Warnings of the blocks of HTML, one of each kind; hidden text is counted elsewhere. */
function summed(warnings: readonly DocumentWarning[]): DocumentWarning[] {
  const sums = new Map<string, DocumentWarning>();
  for (const warning of warnings.filter(({ code }) => code !== 'hidden-text')) {
    const count = (sums.get(warning.message)?.count ?? 0) + warning.count;
    sums.set(warning.message, { ...warning, count });
  }
  return [...sums.values()];
}
