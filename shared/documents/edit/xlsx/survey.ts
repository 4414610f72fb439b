import type { OpcPackage } from '../../opc.ts';
import { decodePart, type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import { parseXml, type XmlElement } from '../../xml.ts';
import { localNameOf } from '../ooxml/source.ts';
import { cellName, firstRowOf, parseCell } from './cells.ts';
import { createFormulaTexts, type FormulaTexts } from './formulas.ts';
import { decodeXstring } from './strings.ts';

/** A sheet in the order of the workbook. */
export interface Sheet {
  readonly name: string;
  readonly part: string;
  readonly isWorksheet: boolean;
}

/** A table and the cells of its header row, one for each column. */
export interface SheetTable {
  readonly part: string;
  readonly sheet: Sheet;
  readonly headers: readonly string[];
}

/** What must be known of a workbook before any of its text is rewritten. */
export interface Survey {
  readonly sheets: readonly Sheet[];
  readonly tables: readonly SheetTable[];
  readonly formulas: FormulaTexts;
  /** The first cell that shows a shared string, by the position of the string. */
  readonly firstCells: ReadonlyMap<number, { readonly sheet: string; readonly range: string }>;
  /** Shared strings of header cells, by sheet and cell: `Sheet1!B1`. */
  readonly headerStrings: ReadonlyMap<string, number>;
  /** Cells that name the columns of a pivot table's source, as `Sheet1!B1`. */
  readonly pivotHeaders: ReadonlySet<string>;
}

/** Reads every sheet once, cell by cell. */
export function surveyWorkbook(file: OpcPackage, mainPart: string): Survey {
  const root = rootOf(file, mainPart);
  const sheets = sheetsOf(file, mainPart, root);
  const formulas = createFormulaTexts();
  for (const element of childrenOf(root, 'definedNames')) formulas.see(element.text);
  const tables = sheets.flatMap((sheet) => tablesOf(file, sheet, formulas));
  const pivotHeaders = pivotHeadersOf(file, mainPart, tables);
  const headers = new Set(pivotHeaders);
  for (const { sheet, headers: cells } of tables) {
    for (const name of namesOf(sheet.name, cells)) headers.add(name);
  }
  const firstCells: Found['firstCells'] = new Map();
  const headerStrings: Found['headerStrings'] = new Map();
  for (const sheet of sheets) {
    surveySheet(file, sheet, { formulas, headers, firstCells, headerStrings });
  }
  return { sheets, tables, formulas, firstCells, headerStrings, pivotHeaders };
}

/** The sheets of a workbook without a look at their cells. */
export function listSheets(file: OpcPackage, mainPart: string): readonly Sheet[] {
  return sheetsOf(file, mainPart, rootOf(file, mainPart));
}

interface Found {
  readonly formulas: FormulaTexts;
  readonly headers: ReadonlySet<string>;
  readonly firstCells: Map<number, { readonly sheet: string; readonly range: string }>;
  readonly headerStrings: Map<string, number>;
}

function rootOf(file: OpcPackage, mainPart: string): XmlElement | undefined {
  const workbook = file.read(mainPart);
  return workbook === undefined ? undefined : parseXml(workbook);
}

function childrenOf(root: XmlElement | undefined, name: string): readonly XmlElement[] {
  const isNamed = (element: XmlElement) => element.name.endsWith(`:${name}`);
  return root?.children.find(isNamed)?.children ?? [];
}

function sheetsOf(file: OpcPackage, mainPart: string, root: XmlElement | undefined): Sheet[] {
  const targets = new Map(file.relationshipsOf(mainPart).map((each) => [each.id, each]));
  return childrenOf(root, 'sheets').flatMap(({ attributes }) => {
    const target = targets.get(attributes['r:id'] ?? '');
    if (target === undefined) return [];
    const isWorksheet = target.type === 'worksheet';
    return [{ name: attributes['name'] ?? '', part: target.target, isWorksheet }];
  });
}

function tablesOf(file: OpcPackage, sheet: Sheet, formulas: FormulaTexts): SheetTable[] {
  return file.relationshipsOf(sheet.part).flatMap(({ type, target }) => {
    const content = type === 'table' ? file.read(target) : undefined;
    if (content === undefined) return [];
    const root = parseXml(content);
    for (const column of childrenOf(root, 'tableColumns')) {
      for (const formula of column.children) formulas.see(formula.text);
    }
    const hasHeader = root.attributes['headerRowCount'] !== '0';
    const headers = hasHeader ? firstRowOf(root.attributes['ref'] ?? '') : [];
    return [{ part: target, sheet, headers }];
  });
}

/** A pivot table finds its fields again by the texts above its source (ECMA-376 part 1, 18.10.1.95). */
function pivotHeadersOf(
  file: OpcPackage,
  mainPart: string,
  tables: readonly SheetTable[],
): ReadonlySet<string> {
  const sources = file.relationshipsOf(mainPart).flatMap(({ type, target }) => {
    const content = type === 'pivotCacheDefinition' ? file.read(target) : undefined;
    const source = content === undefined ? undefined : worksheetSourceOf(parseXml(content));
    return source === undefined ? [] : [source];
  });
  const headers = sources.flatMap(({ sheet = '', ref }) => namesOf(sheet, firstRowOf(ref ?? '')));
  // Which table or range a source is by its name is not worth finding out: no header may change.
  const isNamed = sources.some(({ name }) => name !== undefined);
  const named = isNamed ? tables.flatMap((each) => namesOf(each.sheet.name, each.headers)) : [];
  return new Set([...headers, ...named]);
}

function namesOf(sheet: string, cells: readonly string[]): string[] {
  return cells.map((cell) => `${sheet}!${cell}`);
}

function worksheetSourceOf(root: XmlElement): XmlElement['attributes'] | undefined {
  return childrenOf(root, 'cacheSource').find(({ name }) => name.endsWith(':worksheetSource'))
    ?.attributes;
}

function surveySheet(file: OpcPackage, sheet: Sheet, found: Found): void {
  const content = sheet.isWorksheet ? file.read(sheet.part) : undefined;
  if (content === undefined) return;
  eachCell(decodePart(content).text, {
    cell(element, range) {
      const formula = childOf(element, 'f');
      if (formula !== undefined) {
        found.formulas.see(formula.text);
        return;
      }
      const index = sharedStringOf(element);
      if (index === undefined) return;
      const name = `${sheet.name}!${range}`;
      if (found.headers.has(name)) found.headerStrings.set(name, index);
      if (!found.firstCells.has(index)) found.firstCells.set(index, { sheet: sheet.name, range });
    },
    other(element) {
      if (/^formula\d?$|^f$|^sqref$/.test(localNameOf(element))) found.formulas.see(element.text);
    },
  });
}

/** Position of the string that a cell shows. */
export function sharedStringOf(cell: PlacedElement): number | undefined {
  const value = cell.attributes['t'] === 's' ? childOf(cell, 'v')?.text.trim() : undefined;
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** The first child of that local name. */
export function childOf(element: PlacedElement, name: string): PlacedElement | undefined {
  return element.children.find((child) => localNameOf(child) === name);
}

/** Plain text of a cell or string, without how it is pronounced. */
export function plainTextOf(element: PlacedElement): string {
  if (localNameOf(element) === 'rPh') return '';
  const own = localNameOf(element) === 't' ? decodeXstring(element.text) : '';
  return own + element.children.map(plainTextOf).join('');
}

/** Walks a sheet without keeping it: each cell with its name, and whatever is neither cell nor row. */
export function eachCell(
  source: string,
  visit: {
    cell(element: PlacedElement, range: string): void;
    other?(element: PlacedElement, parentName: string | undefined): void;
  },
): void {
  let row = 1;
  let column = 1;
  parsePlaced(source, (element, parentName) => {
    const name = localNameOf(element);
    if (name === 'c' && parentName?.endsWith('row') === true) {
      const at = parseCell(element.attributes['r'] ?? '') ?? { column, row };
      row = at.row;
      column = at.column + 1;
      visit.cell(element, cellName(at.column, at.row));
      return false;
    }
    if (name === 'row' || name === 'sheetData') {
      row += 1;
      column = 1;
      return false;
    }
    visit.other?.(element, parentName);
    return true;
  });
}
