import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import { type Block, type PartWalk, textBlock } from '../ooxml/blocks.ts';
import { attributeRange, escapeAttribute, localNameOf } from '../ooxml/source.ts';
import { pageTextOf } from './page-text.ts';
import { decodeXstring, encodeXstring, richTextOf } from './strings.ts';
import { childOf, eachCell, plainTextOf } from './survey.ts';

const noReferences: PartWalk['references'] = new Map();

/** The strings that cells share. A block for each that may change; `place` says which cell shows it, if any. */
export function walkSharedStrings(
  source: string,
  placeOf: (index: number, text: string) => Place | undefined,
): PartWalk {
  const blocks: Block[] = [];
  let index = -1;
  parsePlaced(source, (element) => {
    if (localNameOf(element) !== 'si') return true;
    index += 1;
    const place = placeOf(index, plainTextOf(element));
    if (place === undefined) return false;
    const { contentStart: start, contentEnd: end } = element;
    const origins = [`/string ${index}`, '/cells'];
    blocks.push({ kind: 'cell', place, start, end, content: richTextOf(element, source), origins });
    return false;
  });
  return { blocks, references: noReferences };
}

/** Strings that stand in the cells of a sheet themselves, and what is printed above and below its pages. */
export function walkSheet(
  source: string,
  sheet: string,
  mayChange: (text: string, range: string) => boolean,
): PartWalk {
  const blocks: Block[] = [];
  // Most sheets have neither; the survey has read them once.
  if (!/inlineStr|headerFooter/.test(source)) return { blocks, references: noReferences };
  eachCell(source, {
    cell(element, range) {
      const inline = element.attributes['t'] === 'inlineStr' ? childOf(element, 'is') : undefined;
      if (inline === undefined || childOf(element, 'f') !== undefined) return;
      if (!mayChange(plainTextOf(inline), range)) return;
      const { contentStart: start, contentEnd: end } = inline;
      const content = richTextOf(inline, source);
      const origins = [`/cell ${sheet}!${range}`, '/cells'];
      blocks.push({ kind: 'cell', place: placeIn(sheet, range), start, end, content, origins });
    },
    other(element, parentName) {
      if (parentName?.endsWith('headerFooter') !== true) return;
      const content = pageTextOf(element, source);
      if (content === undefined) return;
      const { contentStart: start, contentEnd: end } = element;
      blocks.push({ kind: 'paragraph', place: placeIn(sheet, 'A1'), start, end, content });
    },
  });
  return { blocks, references: noReferences };
}

/** Comments in the order of the part, each with the cell it is about. */
export function walkSheetComments(source: string, sheet: string): PartWalk {
  const blocks: Block[] = [];
  parsePlaced(source, (element) => {
    const name = localNameOf(element);
    const place = placeIn(sheet, element.attributes['ref'] ?? 'A1');
    const text = childOf(element, 'text');
    if (name === 'comment' && text !== undefined) {
      const { contentStart: start, contentEnd: end } = text;
      blocks.push({ kind: 'comment', place, start, end, content: richTextOf(text, source) });
    }
    if (name === 'threadedComment' && text !== undefined) {
      const block = textBlock(text, { kind: 'comment', place });
      if (block !== undefined) blocks.push(block);
    }
    return !['comment', 'threadedComment'].includes(name);
  });
  return { blocks, references: noReferences };
}

/** Names of a table's columns and the words of its total row, which must be what the cells say. */
export function walkTable(
  source: string,
  place: Place,
  originOf: (column: number) => string,
): PartWalk {
  const blocks: Block[] = [];
  const add = (element: PlacedElement, name: string, of: string) => {
    const range = attributeRange(source, element, name);
    const written = element.attributes[name];
    if (range === undefined || written === undefined) return;
    const write = (text: string) =>
      escapeAttribute(encodeXstring(text).replaceAll('\n', '_x000a_'));
    const content = { type: 'plain' as const, text: decodeXstring(written), write };
    blocks.push({ kind: 'cell', place, ...range, content, echo: { of, isNothingByItself: true } });
  };
  const columns = childOf(parsePlaced(source), 'tableColumns')?.children ?? [];
  for (const [index, column] of columns.entries()) {
    add(column, 'name', originOf(index));
    add(column, 'totalsRowLabel', '/cells');
  }
  return { blocks, references: noReferences };
}

function placeIn(sheet: string, range: string): Place {
  return { kind: 'sheet', sheet, range };
}
