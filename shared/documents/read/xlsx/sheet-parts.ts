import type { OpcPackage } from '../../opc.ts';
import { parseA1 } from '../sheet/a1.ts';
import type { Notices } from '../sheet/notices.ts';
import type { NamedTable } from '../sheet/regions.ts';
import { parsePart, type WorkbookSheet } from './workbook.ts';

/** Table objects of a sheet (ECMA-376 part 1, 18.5.1). */
export function readTables(file: OpcPackage, sheetPart: string): NamedTable[] {
  const parts = file.relationshipsOf(sheetPart).filter(({ type }) => type === 'table');
  return parts.flatMap(({ target }) => {
    const attributes = parsePart(file, target)?.attributes ?? {};
    const range = parseA1(attributes['ref'] ?? '');
    const headerRows = Number(attributes['headerRowCount'] ?? 1);
    return range === undefined ? [] : [{ range, headerRows }];
  });
}

/** Types of relationships whose parts are read, or hold nothing that a reader sees. */
const knownTypes: ReadonlySet<string> = new Set([
  ...['table', 'drawing', 'comments', 'threadedComment', 'vmlDrawing', 'hyperlink'],
  ...['printerSettings', 'pivotTable', 'queryTable', 'customProperty', 'tableSingleCells'],
  ...['ctrlProp', 'image', 'wsSortMap', 'namedSheetView'],
]);

const objects: ReadonlySet<string> = new Set(['oleObject', 'package', 'control']);

/** Counts what comes with a sheet and is not read. */
export function noteSheetParts(
  { name, part, type }: WorkbookSheet,
  { file, notices }: { readonly file: OpcPackage; readonly notices: Notices },
): void {
  if (type === 'xlMacrosheet' || type === 'xlIntlMacrosheet') {
    const message = `The sheet “${name}” holds macros; its cells are read and nothing is run.`;
    notices.add({ code: 'unsupported-part', message });
  }
  for (const { type: partType, target } of file.relationshipsOf(part)) {
    if (objects.has(partType)) {
      notices.add({ code: 'embedded-object', message: 'Embedded objects are not read.' });
    } else if (partType === 'vmlDrawing') noteControls(file.read(target), notices);
    else if (!knownTypes.has(partType)) {
      const message = `Parts of the type “${partType}” are not read.`;
      notices.add({ code: 'unsupported-part', message });
    }
  }
}

/** Old drawings are no well-formed XML, so they are not parsed. Besides the frames of notes they hold buttons and lists. */
function noteControls(bytes: Uint8Array | undefined, notices: Notices): void {
  const text = Buffer.from(bytes ?? new Uint8Array()).toString('latin1');
  const types = text.match(/ObjectType="\w+"/g) ?? [];
  notices.add({
    code: 'unsupported-part',
    message: 'Buttons, lists and other controls are not read.',
    count: types.filter((type) => type !== 'ObjectType="Note"').length,
  });
}
