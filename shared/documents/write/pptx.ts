import type { Citation } from '#shared/domain/citation.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { Presentation } from '#shared/domain/presentation.ts';
import { namespaces } from './pptx/markup.ts';
import { createNotesWriter, type NotesWriter } from './pptx/notes.ts';
import { ownTemplate } from './pptx/own-template.ts';
import { type PagedSlide, paginate } from './pptx/paginate.ts';
import { addSlide } from './pptx/slide.ts';
import { createSources } from './pptx/sources.ts';
import { readLayouts } from './pptx/template-layouts.ts';
import { addProperties } from './properties.ts';
import { typographyOf } from './script.ts';
import { type Splice, spansOf, spliceText, textOfPart } from './splice.ts';
import { openTemplate, type TemplatePackage } from './template-package.ts';
import { createWarningTally, type WrittenFile } from './written-file.ts';
import { element } from './xml-writer.ts';

export interface PptxOptions {
  /** A user's PPTX or POTX: its slides go, its master, layouts and theme stay byte for byte and are used. */
  readonly template?: Uint8Array;
}

/**
 * Writes a presentation as a PowerPoint file (ISO 29500-1, PresentationML): placeholders of layouts, native tables, native charts with
 * their workbook, notes. What does not fit a slide goes on in a further one, never beyond the edge. Citations are numbers, listed on the
 * last slides. The same presentation gives the same bytes.
 */
export async function writePptx(
  presentation: Presentation,
  citations: readonly Citation[] = [],
  options: PptxOptions = {},
): Promise<WrittenFile> {
  const typography = typographyOf(presentation.language);
  const template = openTemplate(
    options.template ?? (await ownTemplate(typography)),
    isPresentation,
  );
  const warnings = createWarningTally();
  const sources = createSources(citations);
  const layouts = readLayouts(template);
  const text = { typography, cite: sources.cite };
  const pageContext = { layouts, warnings, isRightToLeft: typography.isRightToLeft };
  const context = { template, layouts, text, notes: createNotesWriter(template, text) };

  clearSlides(template);
  const slideIds: string[] = [];
  const add = async (slides: readonly PagedSlide[]) => {
    for (const slide of slides) slideIds.push(await addSlide(slide, context));
  };
  for (const slide of presentation.slides) await add(paginate(slide, pageContext));
  // Only now every citation is known.
  const list = sources.slide(presentation.sourcesTitle ?? 'Sources');
  if (list !== undefined) await add(paginate(list, pageContext));

  addProperties(template, presentation);
  template.contentTypeIs(
    template.mainPart,
    'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
  );
  template.replace(template.mainPart, presentationXml(template, slideIds, context.notes));
  return { bytes: template.write(), warnings: warnings.warnings };
}

/** Presentations, templates and shows, with macros or without; the macros go. */
function isPresentation(contentType: string): boolean {
  return /(?:presentationml|ms-powerpoint)\.(?:presentation|template|slideshow)\.(?:macroenabled\.)?main\+xml$/.test(
    contentType,
  );
}

/** The picture and the statistics of the file speak of slides that are no longer there. */
const unwanted: ReadonlySet<string> = new Set([
  'thumbnail',
  'extended-properties',
  'core-properties',
]);

function clearSlides(template: TemplatePackage): void {
  template.unrelate('', (type) => unwanted.has(type));
  template.unrelate(template.mainPart, (type) => type === 'slide' || type === 'vbaProject');
}

/** Parts of `p:presentation` that name slides. */
const slideLists: ReadonlySet<string> = new Set(['p:sldIdLst', 'p:custShowLst', 'p:ext']);

/** Identifiers of slides begin here (ISO 29500-1, 19.7.13). */
const firstSlideId = 256;

function presentationXml(
  template: TemplatePackage,
  slideIds: readonly string[],
  notes: NotesWriter,
): string {
  const bytes = template.file.read(template.mainPart) ?? new Uint8Array();
  const xml = textOfPart(bytes);
  if (xml.includes('http://purl.oclc.org/ooxml/')) throw strict();
  const wanted = new Set([...slideLists, 'p:sldMasterIdLst', 'p:sldSz', 'p:notesSz']);
  const spans = spansOf(xml, (name) => wanted.has(name));
  const spanOf = (name: string) => spans.find((span) => span.name === name);
  const masters = spanOf('p:sldMasterIdLst');
  const size = spanOf('p:sldSz') ?? spanOf('p:notesSz');
  if (masters === undefined || size === undefined) throw damaged();
  const removed = spans.filter(
    ({ name, attributes }) =>
      slideLists.has(name) && (name !== 'p:ext' || attributes['uri'] === sectionsExtension),
  );
  const ids = slideIds.map((id, index) =>
    element('p:sldId', { id: firstSlideId + index, 'r:id': id }),
  );
  // In this order: both can belong to the same place.
  return spliceText(xml, [
    ...insertion(masters.end, notesMasterXml(notes.newMasterId)),
    ...removed.map(({ start, end }) => ({ start, end, text: '' })),
    ...insertion(size.start, element('p:sldIdLst', namespaces, ...ids)),
  ]);
}

function insertion(at: number, text: string): Splice[] {
  return text === '' ? [] : [{ start: at, end: at, text }];
}

function notesMasterXml(id: string | undefined): string {
  if (id === undefined) return '';
  return element('p:notesMasterIdLst', namespaces, element('p:notesMasterId', { 'r:id': id }));
}

/** Sections of slides, of PowerPoint 2010 and later. */
const sectionsExtension = '{521415D9-36F7-43E2-AB2F-B90AF26B5E84}';

function strict(): QuireError {
  return new QuireError(
    'unsupported_format',
    'Expected a template as PowerPoint saves it by default, got a strict one. Save it as PPTX or POTX.',
  );
}

function damaged(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a template with a master and a size of slides; it has none. Save it again with PowerPoint.',
  );
}
