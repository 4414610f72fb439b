import type { Place } from '../unit-list.ts';
import { type WordPart, walkWordPart } from './docx/walk.ts';
import { createPackageEditor, type PackageEditor } from './ooxml/package-editor.ts';
import { addProperties, addShownParts } from './ooxml/shared-parts.ts';
import type { EditableFile, EditOptions } from './segments.ts';

/**
 * Opens a Word document, transitional or strict, with or without macros, for rewriting its text in place.
 *
 * Segments are the paragraphs of the body, headers, footers, footnotes, endnotes and comments, those in tables, content controls and
 * text boxes included; insertions that nobody has accepted yet; results of hyperlinks and of text form fields; texts of charts and
 * diagrams; descriptions of images and tables; title and subject. A text box that is kept in two versions is one segment.
 *
 * Left alone: deleted and moved-away text, hidden text (`w:vanish` of a run), results of all other fields (Word makes them anew),
 * formulas, phonetic guides, building blocks (glossary), texts of styles and numbering, embedded files.
 */
export function openDocxForEdit(bytes: Uint8Array, options: EditOptions = {}): EditableFile {
  const editor = createPackageEditor(bytes, options);
  addStory(editor, editor.mainPart, { part: 'body' });
  const counts = { header: 0, footer: 0 };
  const added = new Set<string>();
  for (const { type, target } of editor.file.relationshipsOf(editor.mainPart)) {
    if (added.has(target)) continue;
    added.add(target);
    if (type === 'header' || type === 'footer') {
      counts[type] += 1;
      addStory(editor, target, { part: type, story: counts[type] });
    }
    const part = noteParts[type];
    if (part !== undefined) addStory(editor, target, { part });
  }
  addProperties(editor, { kind: 'docx', part: 'body', paragraph: 1 });
  return editor.finish();
}

const noteParts: Readonly<Record<string, WordPart['part']>> = {
  footnotes: 'footnote',
  endnotes: 'endnote',
  comments: 'comment',
};

function addStory(editor: PackageEditor, target: string, part: WordPart): void {
  const walk = editor.add(target, (source) => walkWordPart(source, part));
  if (walk === undefined) return;
  const start: Place = { kind: 'docx', ...part, paragraph: 1 };
  addShownParts(editor, target, { placeOf: ({ id }) => walk.references.get(id) ?? start });
}
