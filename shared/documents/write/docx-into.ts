import type { Citation } from '#shared/domain/citation.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { Report } from '#shared/domain/report.ts';
import { openZip } from '../zip.ts';
import { settleFields } from './docx/settle-package.ts';
import { type FootnoteMove, moveFootnotes } from './docx/template/footnotes.ts';
import { addNumbering } from './docx/template/numbering.ts';
import { fillFields, findContentPlace, hasField } from './docx/template/placeholders.ts';
import { mapStyles } from './docx/template/styles.ts';
import { packReport } from './docx.ts';
import { type ElementSpan, spansOf, textOfPart } from './splice.ts';
import { openTemplate, type TemplatePackage } from './template-package.ts';

/** Texts for `{{name}}` in the template, besides `title` and `subtitle`. */
export type TemplateFields = Readonly<Record<string, string>>;

/**
 * Writes a report into a copy of a user's Word document or template (DOCX, DOTX; macros go). Its styles, headers, footers, sections,
 * theme and numbering stay and are used. The report takes the place of a paragraph `{{content}}`, or of the whole text where there is
 * none; `{{title}}`, `{{subtitle}}` and the fields given are filled in, in headers and footers too. Styles are found by name, then by
 * id, and added only where the template has none. Parts that need no change stay byte for byte.
 *
 * @throws QuireError `unsupported_format` for another kind of file, and for one in the strict form of Office Open XML
 */
export async function writeDocxInto(
  template: Uint8Array,
  { report, fields = {} }: { readonly report: Report; readonly fields?: TemplateFields },
  citations: readonly Citation[],
): Promise<Uint8Array> {
  const target = openTemplate(template, isWordDocument);
  const xml = textOfPart(target.file.read(target.mainPart) ?? new Uint8Array());
  requireTransitional(xml);
  const values = { title: report.title, subtitle: report.subtitle ?? '', ...fields };
  const hasTitle = !hasField(xml, 'title');
  const textWidth = textWidthOf(xml);
  const packed = await packReport(report, citations, {
    hasTitle,
    ...(textWidth === undefined ? {} : { textWidth }),
  });
  const moved = transplant(packed, target);

  const place = findContentPlace(xml) ?? wholeText(xml);
  const around = xml.slice(0, place.start) + contentMark + xml.slice(place.end);
  const finished = fillFields(around, values).replace(contentMark, () => moved.content);
  moved.finish(finished);
  target.replace(target.mainPart, finished);
  fillHeadersAndFooters(target, values);
  target.contentTypeIs(
    target.mainPart,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  );
  target.unrelate(target.mainPart, (type) => type === 'vbaProject');
  return target.write();
}

/** Stands where the report goes while fields are filled in, so that none is sought in the report. */
const contentMark = '<!--report-->';

function isWordDocument(contentType: string): boolean {
  return /(?:wordprocessingml|ms-word)\.(?:document|template)\.(?:macroenabled(?:template)?\.)?main\+xml$/.test(
    contentType,
  );
}

/** What is put in is written with the usual prefix for the usual vocabulary. */
function requireTransitional(xml: string): void {
  const root = /<w:document\b[^>]*>/.exec(xml)?.[0] ?? '';
  if (root.includes('="http://schemas.openxmlformats.org/wordprocessingml/2006/main"')) return;
  throw new QuireError(
    'unsupported_format',
    'Expected a template as Word saves it by default, got one in another form of XML. Save it as DOCX or DOTX with Word.',
  );
}

/** The whole text but the properties of the last section. */
function wholeText(xml: string): { readonly start: number; readonly end: number } {
  const body = bodyOf(xml);
  const section = lastSection(xml);
  return { start: body.contentStart, end: section?.start ?? body.contentEnd };
}

function bodyOf(xml: string): ElementSpan {
  const body = spansOf(xml, (name) => name === 'w:body')[0];
  if (body !== undefined) return body;
  throw new QuireError(
    'corrupt_file',
    'Expected a template with a body, got none. Save it again with Word.',
  );
}

function lastSection(xml: string): ElementSpan | undefined {
  const sections = spansOf(xml, (name) => name === 'w:sectPr');
  return sections.findLast(({ path }) => path.at(-1) === 'w:body');
}

/** Between the margins of the last section, where the text goes. */
function textWidthOf(xml: string): number | undefined {
  const section = lastSection(xml);
  if (section === undefined) return undefined;
  const own = spansOf(xml, (name) => name === 'w:pgSz' || name === 'w:pgMar').filter(
    ({ start, end }) => start > section.start && end < section.end,
  );
  const measureOf = (key: string) =>
    Number(own.find((span) => key in span.attributes)?.attributes[key]);
  const width = measureOf('w:w') - measureOf('w:left') - measureOf('w:right');
  return width > 1_000 ? width : undefined;
}

/** The report's body in terms of the template: its styles, numbering and footnotes are added and named anew. */
function transplant(packed: Uint8Array, target: TemplatePackage): FootnoteMove {
  const archive = openZip(packed);
  const read = (name: string) => textOfPart(archive.read(name) ?? new Uint8Array());
  const document = settleFields(read('word/document.xml'));
  const body = bodyOf(document);
  const section = lastSection(document);
  const content = document.slice(body.contentStart, section?.start ?? body.contentEnd);
  const styles = mapStyles(target, read('word/styles.xml'));
  const notes = moveFootnotes(target, { content, source: read('word/footnotes.xml') }, styles);
  const withLists = addNumbering(target, notes.content, read('word/numbering.xml'));
  const named = styles.rename(withLists);
  styles.addMissing();
  return { content: named, finish: notes.finish };
}

function fillHeadersAndFooters(target: TemplatePackage, values: TemplateFields): void {
  for (const { type, target: part } of target.file.relationshipsOf(target.mainPart)) {
    if (type !== 'header' && type !== 'footer') continue;
    const bytes = target.file.read(part);
    if (bytes === undefined) continue;
    const xml = textOfPart(bytes);
    const filled = fillFields(xml, values);
    if (filled !== xml) target.replace(part, filled);
  }
}
