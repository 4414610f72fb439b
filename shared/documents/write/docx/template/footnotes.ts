import { spansOf, spliceText, textOfPart } from '../../splice.ts';
import type { TemplatePackage } from '../../template-package.ts';
import type { StyleMap } from './styles.ts';

const reference = /(<w:footnoteReference\b[^>]*? w:id=")(-?\d+)"/g;

/** Footnotes of the report on their way into the template. */
export interface FootnoteMove {
  /** The report's text with the numbers that its notes have in the template. */
  readonly content: string;
  /** Writes the notes that the finished text refers to, in its order: some programs go by the order and not by the number. */
  finish(documentXml: string): void;
}

/** @param source `footnotes.xml` of the report */
export function moveFootnotes(
  target: TemplatePackage,
  { content, source }: { readonly content: string; readonly source: string },
  styles: StyleMap,
): FootnoteMove {
  const used = [...content.matchAll(reference)].map((match) => match[2] ?? '');
  const part = target.file
    .relationshipsOf(target.mainPart)
    .find(({ type }) => type === 'footnotes')?.target;
  const bytes = part === undefined ? undefined : target.file.read(part);
  if (part === undefined || bytes === undefined) {
    if (used.length > 0) addPart(target, styles.rename(source));
    return { content, finish: () => undefined };
  }
  const text = textOfPart(bytes);
  const there = notesOf(text);
  const first = there.reduce((most, { id }) => Math.max(most, Number(id)), 0) + 1;
  const newIds = new Map(used.map((id, index) => [id, String(first + index)]));
  const added = notesOf(source)
    .filter(({ id }) => newIds.has(id))
    .map(({ id, xml }) => {
      const newId = newIds.get(id) ?? id;
      return { id: newId, isSeparator: false, xml: withId(styles.rename(xml), newId) };
    });
  return {
    content: content.replace(reference, (_, start, old) => `${start}${newIds.get(old) ?? old}"`),
    finish(documentXml) {
      const [root] = spansOf(text, (name) => name === 'w:footnotes');
      if (root === undefined) return;
      const known = new Map([...there, ...added].map((note) => [note.id, note.xml]));
      const cited = [...documentXml.matchAll(reference)].map((match) => known.get(match[2] ?? ''));
      const separators = there.filter(({ isSeparator }) => isSeparator).map(({ xml }) => xml);
      const notes = [...separators, ...cited].join('');
      const splice = { start: root.contentStart, end: root.contentEnd, text: notes };
      target.replace(part, spliceText(text, [splice]));
    },
  };
}

function addPart(target: TemplatePackage, content: string): void {
  const name = target.freeName('word/footnotes%.xml');
  const contentType =
    'application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml';
  target.add({ name, contentType, content });
  target.relate(target.mainPart, { type: 'footnotes', target: name });
}

interface Note {
  readonly id: string;
  readonly isSeparator: boolean;
  readonly xml: string;
}

function notesOf(xml: string): Note[] {
  return spansOf(xml, (name) => name === 'w:footnote').map(({ attributes, start, end }) => ({
    id: attributes['w:id'] ?? '',
    isSeparator: !['normal', undefined].includes(attributes['w:type']),
    xml: xml.slice(start, end),
  }));
}

function withId(xml: string, id: string): string {
  return xml.replace(/w:id="-?\d+"/, `w:id="${id}"`);
}
