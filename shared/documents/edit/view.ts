import type { Document, SourceFile } from '#shared/domain/document.ts';
import type { EditView, EditViewKind } from '#shared/domain/edit-view.ts';
import { isEditable, openForEdit } from './open-for-edit.ts';

/** What can be rewritten in a file that has been read as a document of the given format. */
export async function viewForEdit(
  file: Pick<SourceFile, 'bytes'>,
  format: Document['format'],
  kind: EditViewKind,
): Promise<EditView> {
  if (kind === 'paragraphs') {
    if (format !== 'docx') return { kind: 'none' };
    const { redlineParagraphs } = await import('./redline.ts');
    return { kind, paragraphs: [...redlineParagraphs(file.bytes)] };
  }
  if (!isEditable(format)) return { kind: 'none' };
  const { segments, untouched = [] } = await openForEdit(file, format);
  return {
    kind,
    segments: segments.map(({ place, ...segment }) => ({
      ...segment,
      locator: { ...place, headingPath: [] },
    })),
    untouched: [...untouched],
  };
}
