import type { Relationship } from '../../opc.ts';
import { parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import { type Block, type PartWalk, textBlock } from './blocks.ts';
import type { PackageEditor } from './package-editor.ts';
import { walkChart } from './walk-chart.ts';
import { walkDrawingText } from './walk-drawing-text.ts';

/** Where the charts and diagrams of a part are shown. */
export interface ShownParts {
  placeOf(relationship: Relationship, what: 'chart' | 'diagram'): Place;
  /** Of a workbook: name of the cells that charts repeat. */
  readonly cacheRepeats?: string;
}

/** Adds the charts and diagrams that a part shows, with the shapes that are drawn on charts. */
export function addShownParts(
  editor: PackageEditor,
  part: string,
  { placeOf, cacheRepeats }: ShownParts,
): void {
  const relationships = editor.file.relationshipsOf(part);
  const diagrams = relationships.filter(({ type }) => type === 'diagramData');
  for (const each of relationships.filter(({ type }) => type === 'chart' || type === 'chartEx')) {
    const place = placeOf(each, 'chart');
    const rules = { place, ...(cacheRepeats === undefined ? {} : { cacheRepeats }) };
    editor.add(each.target, (source) => walkChart(source, rules));
    addShapesOnChart(editor, each.target, place);
  }
  for (const each of diagrams) {
    const origins = ['/diagram', `/diagram ${each.target}`];
    const place = placeOf(each, 'diagram');
    editor.add(each.target, (source) => walkDrawingText(source, place, { origins }));
  }
  for (const each of relationships.filter(({ type }) => type === 'diagramDrawing')) {
    const [first = each, ...others] = diagrams;
    const of = others.length > 0 ? '/diagram' : `/diagram ${first.target}`;
    const place = placeOf(first, 'diagram');
    const echo = { of, isNothingByItself: false };
    editor.add(each.target, (source) => walkDrawingText(source, place, { echo }));
  }
}

function addShapesOnChart(editor: PackageEditor, chart: string, place: Place): void {
  for (const { type, target } of editor.file.relationshipsOf(chart)) {
    if (type !== 'chartUserShapes') continue;
    editor.add(target, (source) => walkDrawingText(source, place));
  }
}

/** Adds title and subject of the file's properties. */
export function addProperties(editor: PackageEditor, place: Place): void {
  for (const { type, target } of editor.file.relationshipsOf('')) {
    if (type === 'core-properties') editor.add(target, (source) => walkProperties(source, place));
  }
}

function walkProperties(source: string, place: Place): PartWalk {
  const blocks: Block[] = [];
  for (const element of parsePlaced(source).children) {
    if (!['dc:title', 'dc:subject'].includes(element.name)) continue;
    const block = textBlock(element, { kind: 'property', place });
    if (block !== undefined) blocks.push(block);
  }
  return { blocks, references: new Map() };
}
