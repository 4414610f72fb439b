import type { Place } from '../unit-list.ts';
import { parseXml } from '../xml.ts';
import { createPackageEditor, type PackageEditor } from './ooxml/package-editor.ts';
import { addProperties, addShownParts } from './ooxml/shared-parts.ts';
import { walkShapes } from './ooxml/walk-shapes.ts';
import { walkSlideComments } from './pptx/comments.ts';
import type { EditableFile, EditOptions } from './segments.ts';

/**
 * Opens a presentation for rewriting its text in place.
 *
 * Segments are the paragraphs of all shapes, groups and tables of the slides, hidden ones included, and of their notes; comments and
 * replies; texts of charts and diagrams; descriptions of shapes; title and subject. What is kept in two versions is one segment.
 *
 * Left alone on purpose: layouts and masters, which other slides share; fields (slide numbers, dates); formulas; names of shapes,
 * sections and shows; embedded files, the workbooks behind charts included.
 */
export function openPptxForEdit(bytes: Uint8Array, options: EditOptions = {}): EditableFile {
  const editor = createPackageEditor(bytes, options);
  for (const [index, part] of slidesOf(editor).entries()) addSlide(editor, part, index + 1);
  addProperties(editor, { kind: 'slide', slide: 1, part: 'slide', paragraph: 1 });
  return editor.finish();
}

/** In the order of the show. A slide that the list does not name is shown to nobody. */
function slidesOf({ file, mainPart }: PackageEditor): string[] {
  const presentation = file.read(mainPart);
  if (presentation === undefined) return [];
  const targets = new Map(
    file.relationshipsOf(mainPart).map(({ id, type, target }) => [id, { type, target }]),
  );
  const list = parseXml(presentation).children.find(({ name }) => name.endsWith(':sldIdLst'));
  return (list?.children ?? []).flatMap(({ attributes }) => {
    const slide = targets.get(attributes['r:id'] ?? '');
    return slide?.type === 'slide' ? [slide.target] : [];
  });
}

type SlidePlace = Extract<Place, { kind: 'slide' }>;

function addSlide(editor: PackageEditor, part: string, slide: number): void {
  addShapes(editor, part, { kind: 'slide', slide, part: 'slide', paragraph: 1 });
  for (const { type, target } of editor.file.relationshipsOf(part)) {
    const place = (name: SlidePlace['part']): SlidePlace => {
      return { kind: 'slide', slide, part: name, paragraph: 1 };
    };
    if (type === 'notesSlide') addShapes(editor, target, place('notes'));
    if (type === 'comments') {
      editor.add(target, (source) => walkSlideComments(source, place('comments')));
    }
  }
}

function addShapes(editor: PackageEditor, part: string, base: SlidePlace): void {
  const walk = editor.add(part, (source) =>
    walkShapes(source, ({ shape, paragraph }) => ({
      ...base,
      ...(shape === undefined ? {} : { shape }),
      paragraph,
    })),
  );
  if (walk === undefined) return;
  addShownParts(editor, part, {
    placeOf: ({ id }, what) => {
      const place = walk.references.get(id);
      return place?.kind === 'slide' ? { ...place, part: what } : { ...base, part: what };
    },
  });
}
