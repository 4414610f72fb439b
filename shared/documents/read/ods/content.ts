import { walkXml, type XmlAttributes } from '../../xml-walk.ts';
import { parseA1 } from '../sheet/a1.ts';
import type { WorkbookText } from '../sheet/add-sheets.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import { referenceOf } from './cell-value.ts';
import { type BuiltSheet, createSheetBuilder, type SheetBuilder } from './sheet-builder.ts';
import { addToSink, closeInSink, createTextSink, openInSink, type TextSink } from './text-sink.ts';

/** What the content part of a spreadsheet says. */
export interface OdsContent {
  readonly sheets: readonly BuiltSheet[];
  readonly names: readonly WorkbookText[];
  /** Charts and other documents in it, by their folder. */
  readonly objects: readonly { readonly folder: string; readonly sheet: number }[];
  readonly images: number;
  /** Rules for input, with texts of their own. */
  readonly validations: number;
  readonly controls: number;
  readonly deletions: number;
}

/** Elements that hold no cells of the sheets, though some hold tables or paragraphs. */
const skipped: ReadonlySet<string> = new Set([
  ...['table:tracked-changes', 'table:content-validations', 'table:dde-links', 'office:forms'],
]);

/** Reads `office:spreadsheet` (ODF 1.3 part 3, 3.7 and 9) in one pass. */
export function readOdsContent(bytes: Uint8Array, budget: SheetBudget): OdsContent {
  const sheets = createSheets(budget);
  const holders = createHolders(sheets.builder);
  const rest = createRest(sheets.found);
  let skipDepth = 0;
  const openers = { ...sheets.openers, ...rest.openers };

  const openElement = (name: string, attributes: XmlAttributes) => {
    openers[name]?.(attributes);
    if (cellNames.has(name)) holders.push('cell');
    else if (name === 'office:annotation') holders.push('comment');
  };

  walkXml(bytes, {
    open(name, attributes) {
      if (skipDepth > 0 || skipped.has(name)) {
        skipDepth += 1;
        rest.countSkipped(name);
        return;
      }
      // A table in a cell or in a shape is text of that cell or shape.
      const isNested = sheets.isNested() || (holders.isInShape() && name.startsWith('table:'));
      if (name === 'table:table' || !isNested) openElement(name, attributes);
      holders.open(name, attributes);
    },
    text(text) {
      if (skipDepth === 0) holders.add(text);
    },
    close(name) {
      if (skipDepth > 0) {
        skipDepth -= 1;
        return;
      }
      holders.close(name);
      sheets.closers[name]?.();
    },
  });
  return { sheets: sheets.found, ...rest.found() };
}

const cellNames: ReadonlySet<string> = new Set(['table:table-cell', 'table:covered-table-cell']);

type Openers = Readonly<Record<string, (attributes: XmlAttributes) => void>>;

/** Sheets with their rows and columns, and the styles that hide a sheet. */
function createSheets(budget: SheetBudget) {
  const found: BuiltSheet[] = [];
  const hiddenStyles = new Set<string>();
  let styleName = '';
  let builder: SheetBuilder | undefined;
  let depth = 0;
  let headerDepth = 0;
  const openCell = (attributes: XmlAttributes) => builder?.openCell(attributes);
  const openers: Openers = {
    'style:style': (attributes) => {
      styleName = attributes['style:name'] ?? '';
    },
    'style:table-properties': (attributes) => {
      if (attributes['table:display'] === 'false') hiddenStyles.add(styleName);
    },
    'table:table': (attributes) => {
      depth += 1;
      if (depth > 1) return;
      const isHidden = hiddenStyles.has(attributes['table:style-name'] ?? '');
      builder = createSheetBuilder({ name: attributes['table:name'] ?? '', isHidden }, budget);
    },
    'table:table-header-rows': () => {
      headerDepth += 1;
    },
    'table:table-column': (attributes) => builder?.openColumn(attributes),
    'table:table-row': (attributes) => builder?.openRow(attributes),
    'table:table-cell': openCell,
    'table:covered-table-cell': openCell,
  };
  const closers: Readonly<Record<string, () => void>> = {
    'table:table': () => {
      depth -= 1;
      if (depth > 0 || builder === undefined) return;
      found.push(builder.finish());
      builder = undefined;
    },
    'table:table-header-rows': () => {
      if (depth === 1) headerDepth -= 1;
    },
    'table:table-row': () => {
      if (depth === 1) builder?.closeRow(headerDepth > 0);
    },
  };
  return { found, openers, closers, builder: () => builder, isNested: () => depth > 1 };
}

/** Names, embedded objects, and counts of what is not read. */
function createRest(sheets: readonly BuiltSheet[]) {
  const names: WorkbookText[] = [];
  const objects: { folder: string; sheet: number }[] = [];
  const counts = { images: 0, validations: 0, controls: 0, deletions: 0 };
  const addName = (attributes: XmlAttributes) => {
    if (!isOfProgram(attributes)) names.push(nameOf(attributes, sheets));
  };
  const openers: Openers = {
    'table:named-range': addName,
    'table:named-expression': addName,
    'draw:image': () => {
      counts.images += 1;
    },
    'draw:object': (attributes) => {
      const folder = (attributes['xlink:href'] ?? '').replace(/^\.\//, '');
      objects.push({ folder, sheet: sheets.length });
    },
  };
  return {
    openers,
    found: () => ({ names, objects, ...counts }),
    countSkipped(name: string): void {
      if (name === 'table:content-validation') counts.validations += 1;
      else if (name === 'office:forms') counts.controls += 1;
      else if (/^table:(?:deletion|cell-content-change)$/.test(name)) counts.deletions += 1;
    },
  };
}

/** A print area and its like, in a file that was a workbook of Excel. */
function isOfProgram(attributes: XmlAttributes): boolean {
  return attributes['table:name']?.startsWith('_xlnm.') === true;
}

function nameOf(attributes: XmlAttributes, sheets: readonly BuiltSheet[]): WorkbookText {
  const stated = attributes['table:cell-range-address'] ?? attributes['table:expression'] ?? '';
  const reference = referenceOf(stated.replace(/^(?:[A-Za-z]+:)?=?/, ''));
  const cut = reference.indexOf('!');
  const sheetName = reference.slice(0, Math.max(cut, 0)).replace(/^'|'$/g, '');
  const index = sheets.findIndex(({ name }) => name === sheetName);
  const range = parseA1(reference.slice(cut + 1));
  return {
    kind: 'paragraph',
    text: `${attributes['table:name'] ?? ''} = ${reference}`,
    sheet: index < 0 ? undefined : index,
    range: range ?? { top: 1, left: 0, bottom: 1, right: 0 },
  };
}

interface Holder {
  readonly kind: 'cell' | 'comment' | 'shape';
  readonly text: TextSink;
  author: string | undefined;
  depth: number;
}

/** What text belongs to at the moment: a cell, a remark or shape in it, a shape of the sheet. */
function createHolders(builderOf: () => SheetBuilder | undefined) {
  const open: Holder[] = [];
  let isAuthor = false;
  const push = (kind: Holder['kind']) => {
    if (builderOf() === undefined) return;
    open.push({ kind, text: createTextSink(), author: undefined, depth: 0 });
  };
  const finish = ({ kind, text, author }: Holder) => {
    const builder = builderOf();
    if (builder === undefined) return;
    if (kind === 'cell') return builder.closeCell(text);
    const range = builder.place();
    const by = author === undefined ? {} : { author };
    if (kind === 'comment') {
      const joined = text.paragraphs.join(' ');
      return builder.addText({ kind: 'comment', text: joined, range, ...by });
    }
    for (const each of text.paragraphs) builder.addText({ kind: 'paragraph', text: each, range });
  };
  return {
    push,
    isInShape: () => open.some(({ kind }) => kind !== 'cell'),
    open(name: string, attributes: XmlAttributes): void {
      const isShape = name.startsWith('draw:') && open.at(-1)?.kind !== 'shape';
      if (isShape && builderOf() !== undefined) push('shape');
      const holder = open.at(-1);
      if (holder === undefined) return;
      holder.depth += 1;
      isAuthor = name === 'dc:creator' && holder.kind === 'comment';
      if (isAuthor) holder.author = '';
      openInSink(holder.text, name, attributes);
    },
    add(text: string): void {
      const holder = open.at(-1);
      if (holder === undefined) return;
      if (isAuthor) holder.author = (holder.author ?? '') + text;
      else addToSink(holder.text, text);
    },
    close(name: string): void {
      isAuthor = false;
      const holder = open.at(-1);
      if (holder === undefined) return;
      closeInSink(holder.text, name);
      holder.depth -= 1;
      if (holder.depth > 0) return;
      open.pop();
      finish(holder);
    },
  };
}
