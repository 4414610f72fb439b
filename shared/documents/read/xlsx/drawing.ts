import { sheetLimits } from '../../limits.ts';
import type { OpcPackage } from '../../opc.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { readChart } from '../drawing/chart.ts';
import { textIn } from '../drawing/text-in.ts';
import type { CellRange } from '../sheet/a1.ts';
import type { SheetText } from '../sheet/add-sheet.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import type { Notices } from '../sheet/notices.ts';

import { parsePart } from './workbook.ts';

export interface DrawingContext {
  readonly file: OpcPackage;
  readonly epoch: 1900 | 1904;
  readonly notices: Notices;
  readonly budget: SheetBudget;
}

/** Text that floats above the cells of a sheet: shapes, text boxes, groups of them, charts, diagrams. Pictures are counted. */
export function readDrawings(sheetPart: string, context: DrawingContext): SheetText[] {
  const drawings = context.file
    .relationshipsOf(sheetPart)
    .filter(({ type }) => type === 'drawing')
    .map(({ target }) => target);
  return drawings.flatMap((part) => {
    const reader = createReader(part, context);
    const root = parsePart(context.file, part);
    for (const child of root?.children ?? []) reader.read(child, firstCell);
    return reader.texts;
  });
}

const firstCell: CellRange = { top: 1, left: 0, bottom: 1, right: 0 };

function createReader(part: string, { file, epoch, notices, budget }: DrawingContext) {
  const texts: SheetText[] = [];
  const targets = new Map(file.relationshipsOf(part).map(({ id, target }) => [id, target]));
  const add = (kind: 'paragraph' | 'chart', text: string, range: CellRange) => {
    budget.spend(1, text.length);
    if (text.trim() !== '') texts.push({ kind, text, range });
  };
  const addParagraphs = (element: XmlElement | undefined, range: CellRange) => {
    for (const paragraph of descendantsOf(element, 'a:p')) {
      add('paragraph', textIn(paragraph), range);
    }
  };
  const rootOf = (id: string | undefined) => parsePart(file, targets.get(id ?? ''));

  const readFrame = (frame: XmlElement, range: CellRange) => {
    const chart = descendantsOf(frame, 'c:chart')[0];
    const extended = descendantsOf(frame, 'cx:chart')[0];
    const diagram = descendantsOf(frame, 'dgm:relIds')[0];
    for (const reference of [chart, extended]) {
      const root = rootOf(reference?.attributes['r:id']);
      const texts = root === undefined ? [] : readChart(root, epoch);
      for (const { text } of texts) add('chart', text, range);
    }
    addParagraphs(rootOf(diagram?.attributes['r:dm']), range);
  };
  const readers: Readonly<Record<string, (element: XmlElement, range: CellRange) => void>> = {
    'xdr:sp': addParagraphs,
    'xdr:cxnSp': addParagraphs,
    'xdr:graphicFrame': readFrame,
    'xdr:pic': () => notices.add(imageNotice),
    // The first branch is for programs that know the newest kinds of drawings.
    'mc:AlternateContent': ({ children }, range) => readAll(children[0], range),
  };
  const readAll = (parent: XmlElement | undefined, range: CellRange): void => {
    for (const child of parent?.children ?? []) read(child, range);
  };
  const read = (element: XmlElement, range: CellRange): void => {
    const reader = readers[element.name];
    if (reader === undefined) readAll(element, anchorOf(element) ?? range);
    else reader(element, range);
  };
  return { texts, read };
}

const imageNotice = {
  code: 'image',
  message: 'Images are not read; text that is part of them is missing.',
} as const;

/** The cell under the upper left corner of what is anchored (20.5.2.33). */
function anchorOf(element: XmlElement): CellRange | undefined {
  const from = childOf(element, 'xdr:from');
  if (from === undefined) return undefined;
  const column = Math.min(Number(childOf(from, 'xdr:col')?.text ?? 0), sheetLimits.columns - 1);
  const row = Math.min(Number(childOf(from, 'xdr:row')?.text ?? 0) + 1, sheetLimits.rows);
  if (!(Number.isInteger(column) && Number.isInteger(row) && column >= 0 && row >= 1))
    return undefined;
  return { top: row, left: column, bottom: row, right: column };
}

/** In document order. The depth of a part is bounded where it is parsed. */
function descendantsOf(element: XmlElement | undefined, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (parent: XmlElement | undefined): void => {
    for (const child of parent?.children ?? []) {
      if (child.name === name) found.push(child);
      else visit(child);
    }
  };
  visit(element);
  return found;
}
