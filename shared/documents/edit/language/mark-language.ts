import type { DocumentFormat } from '#shared/domain/document.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../../opc.ts';
import { decodePart, type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import { rewriteZip } from '../../rewrite-zip.ts';
import { readZipDirectory } from '../../zip-directory.ts';
import { openEncodedText } from '../text/encoded-text.ts';
import { createElementEdits } from './element-edits.ts';
import { type TargetLanguage, targetLanguage } from './target.ts';

/** A file before and after its texts were rewritten. */
export interface EditedFile {
  readonly original: Uint8Array;
  readonly edited: Uint8Array;
}

/**
 * The edited file with its own marks of language and direction set to the language that its texts are in now. Of an Office file only parts
 * with a new text are marked, and what all of them go by: the default styles of a DOCX, the direction of each sheet of an XLSX. A file
 * without any new text stays byte for byte.
 */
export async function markLanguage(
  file: EditedFile,
  format: DocumentFormat,
  language: string,
): Promise<Uint8Array> {
  const { original, edited } = file;
  if (Buffer.compare(original, edited) === 0) return edited;
  const target = targetLanguage(language);
  if (format === 'docx' || format === 'pptx' || format === 'xlsx') {
    return await markPackage(file, format, target);
  }
  const mark = (await import('./text.ts'))[textMarks[format] ?? 'markVtt'];
  if (textMarks[format] === undefined) return edited;
  const encoded = openEncodedText(edited);
  return encoded.encode(mark(encoded.text, target));
}

const textMarks: Partial<Record<DocumentFormat, 'markHtml' | 'markMarkdown' | 'markVtt'>> = {
  html: 'markHtml',
  markdown: 'markMarkdown',
  vtt: 'markVtt',
};

async function markPackage(
  { original, edited }: EditedFile,
  format: 'docx' | 'pptx' | 'xlsx',
  target: TargetLanguage,
): Promise<Uint8Array> {
  const file = openPackage(edited);
  if (file === undefined) return edited;
  const { markWordPart, markWordStyles } = await import('./word.ts');
  const { markDrawingPart } = await import('./drawing.ts');
  const changes = new Map<string, Uint8Array>();
  const change = (part: string, mark: (source: string, to: TargetLanguage) => string) => {
    const content = file.read(part);
    if (content === undefined) return;
    const source = decodePart(content);
    const marked = mark(source.text, target);
    if (marked !== source.text) changes.set(part, source.encode(marked));
  };
  const isXml = (part: string) => /\.xml$/i.test(part) && !/^(?:\[|docProps\/|_rels\/)/.test(part);
  for (const part of changedParts(original, edited).filter(isXml)) {
    change(part, (source, to) => {
      const kind = rootOf(source);
      if (kind.startsWith('w:')) return markWordPart(source, to);
      return kind.startsWith('x:') ? source : markDrawingPart(source, to);
    });
  }
  if (format === 'docx') for (const part of partsOf(file, 'styles')) change(part, markWordStyles);
  if (format === 'xlsx') for (const part of partsOf(file, 'worksheet')) change(part, markSheet);
  return rewriteZip(edited, changes);
}

/** Names of the parts that differ, or that are new. */
function changedParts(original: Uint8Array, edited: Uint8Array): string[] {
  const before = new Map(readZipDirectory(original).map((each) => [each.name, each]));
  return readZipDirectory(edited)
    .filter(({ name, checksum, sizeInBytes }) => {
      const known = before.get(name);
      return known?.checksum !== checksum || known.sizeInBytes !== sizeInBytes;
    })
    .map(({ name }) => name);
}

function partsOf(file: OpcPackage, type: string): string[] {
  return file
    .relationshipsOf(mainPartOf(file))
    .filter((each) => each.type === type)
    .map(({ target }) => target);
}

function rootOf(source: string): string {
  return parsePlaced(source, () => false).name;
}

/** Columns run from the other side. */
function markSheet(source: string, { isRightToLeft }: TargetLanguage): string {
  const views: PlacedElement[] = [];
  parsePlaced(source, (element) => {
    if (element.name === 'x:sheetView') views.push(element);
    return false;
  });
  const edits = createElementEdits(source);
  for (const view of views) {
    const isTurned = ['1', 'true'].includes(view.attributes['rightToLeft'] ?? '');
    if (isTurned !== isRightToLeft)
      edits.setAttribute(view, 'rightToLeft', isRightToLeft ? '1' : '0');
  }
  return edits.finish();
}
