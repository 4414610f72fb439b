import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import { type Block, type BlockFrame, type PartWalk, textBlock } from './blocks.ts';
import { drawingContentOf } from './drawing-inline.ts';
import { localNameOf } from './source.ts';

/** What the texts that a chart keeps of its data are. */
export interface ChartRules {
  readonly place: Place;
  /** Name of the origins that they repeat. Without it they are segments, as the data is in a workbook that is not touched. */
  readonly cacheRepeats?: string;
}

/**
 * Titles and labels of a chart, and the names of its series and categories as it keeps them. A name that several series share is one
 * segment. Numbers are left alone.
 */
export function walkChart(source: string, rules: ChartRules): PartWalk {
  const blocks: Block[] = [];
  const seen = new Set<string>();
  const visit = (element: PlacedElement, holder: PlacedElement | undefined) => {
    if (element.name === 'a:p') blocks.push(paragraphBlock(element, source, rules.place));
    else if (holder !== undefined && isValue(element)) {
      const block = textBlock(element, cacheFrame(element.text, rules, seen));
      blocks.push(...(block === undefined ? [] : [block]));
    } else visitAll(element, holder);
  };
  const visitAll = (element: PlacedElement, holder: PlacedElement | undefined) => {
    const inside = holder ?? (isTextHolder(element) ? element : undefined);
    for (const child of element.children) visit(child, inside);
  };
  visit(parsePlaced(source), undefined);
  return { blocks, references: new Map() };
}

/** `strDim` and values in `pt` are those of charts newer than the standard (MS-ODRAWXML 2.24). */
const textHolders = new Set(['strCache', 'strLit', 'multiLvlStrCache', 'tx', 'strDim']);

function isValue(element: PlacedElement): boolean {
  return ['v', 'pt'].includes(localNameOf(element)) && element.children.length === 0;
}

function isTextHolder(element: PlacedElement): boolean {
  return textHolders.has(localNameOf(element));
}

function paragraphBlock(element: PlacedElement, source: string, place: Place): Block {
  const { contentStart: start, contentEnd: end } = element;
  return { kind: 'chart-text', place, start, end, content: drawingContentOf(element, source) };
}

function cacheFrame(
  text: string,
  { place, cacheRepeats }: ChartRules,
  seen: Set<string>,
): BlockFrame {
  const kind = 'chart-text';
  if (cacheRepeats !== undefined) {
    return { kind, place, echo: { of: cacheRepeats, isNothingByItself: true } };
  }
  if (seen.has(text)) return { kind, place, echo: { of: 'chart names', isNothingByItself: false } };
  seen.add(text);
  return { kind, place, origins: ['chart names'] };
}
