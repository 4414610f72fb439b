import type { FieldText } from '#shared/documents/edit/csv/fill-fields.ts';
import { parseCell } from '#shared/documents/edit/xlsx/cells.ts';
import type { CellText } from '#shared/documents/edit/xlsx/fill-cells.ts';
import type { Citation } from '#shared/domain/citation.ts';
import type { FilledCell } from '#shared/workflows/artifact-content.ts';

/** The texts of cells with what their citations say, a line each. */
export function filledTexts(
  cells: readonly FilledCell[],
  citations: readonly Citation[],
): CellText[] {
  const byId = new Map(citations.map((citation) => [citation.id, citation]));
  return cells.map(({ text, citations: ids = [], ...place }) => {
    const sources = ids.flatMap((id) => {
      const citation = byId.get(id);
      if (citation === undefined) return [];
      return [`${citation.documentName}, ${citation.place}: “${citation.quote}”`];
    });
    return { ...place, text: [text, ...sources].filter((line) => line !== '').join('\n') };
  });
}

/** The same for a CSV, whose records and fields have no names. */
export function filledFields(texts: readonly CellText[]): FieldText[] {
  return texts.flatMap(({ cell, text }) => {
    const at = parseCell(cell);
    return at === undefined ? [] : [{ record: at.row, column: at.column, text }];
  });
}
