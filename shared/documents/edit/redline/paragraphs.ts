import type { ParagraphAddress, RedlineParagraph } from '#shared/domain/redline.ts';
import { atomsOf, textOfAtoms } from './atoms.ts';
import { descendantsOf, parseSource, type SourceElement } from './source-tree.ts';
import { openWordPackage, type WordPart } from './word-parts.ts';

/** The paragraphs of body, headers, footers and notes, in this order of parts, empty ones included. Tracked changes must be settled. */
export function paragraphsOfPackage(bytes: Uint8Array): readonly RedlineParagraph[] {
  const { file, parts } = openWordPackage(bytes);
  return parts.flatMap((part) => {
    const content = file.read(part.name);
    if (content === undefined || !isRedlined(part)) return [];
    const { root } = parseSource(content);
    const cells = cellNumbers(root);
    const paragraphs = [...descendantsOf(root, 'w:p')];
    const numbers = new Map(paragraphs.map((paragraph, index) => [paragraph, index + 1]));
    return paragraphs.map((paragraph, index) => ({
      at: addressOf(part, index + 1),
      text: textOfAtoms(atomsOf(paragraph)),
      ...cellOf(paragraph, cells),
      ...boxOf(paragraph, numbers),
    }));
  });
}

interface RedlinedPart extends WordPart {
  readonly kind: ParagraphAddress['part'];
}

/** Remarks and definitions are no text of the document. */
export function isRedlined(part: WordPart): part is RedlinedPart {
  return part.kind !== 'comment' && part.kind !== 'definitions';
}

function addressOf({ kind, story }: RedlinedPart, paragraph: number): ParagraphAddress {
  return { part: kind, paragraph, ...(story === undefined ? {} : { story }) };
}

type CellNumbers = ReadonlyMap<SourceElement, { table: number; row: number; cell: number }>;

function cellNumbers(root: SourceElement): CellNumbers {
  const numbers = new Map<SourceElement, { table: number; row: number; cell: number }>();
  let table = 0;
  for (const each of descendantsOf(root, 'w:tbl')) {
    table += 1;
    for (const [row, rowElement] of childrenOf(each, 'w:tr').entries()) {
      for (const [cell, cellElement] of childrenOf(rowElement, 'w:tc').entries()) {
        numbers.set(cellElement, { table, row: row + 1, cell: cell + 1 });
      }
    }
  }
  return numbers;
}

/** Rows and cells may stand in content controls. */
function childrenOf(element: SourceElement, name: string): SourceElement[] {
  return element.children.flatMap((child) => {
    if (child.name === name) return [child];
    return /^w:(?:sdt|sdtContent|customXml)$/.test(child.name) ? childrenOf(child, name) : [];
  });
}

function cellOf(paragraph: SourceElement, numbers: CellNumbers): Pick<RedlineParagraph, 'cell'> {
  let each: SourceElement | undefined = paragraph.parent;
  while (each !== undefined && each.name !== 'w:txbxContent') {
    const cell = numbers.get(each);
    if (cell !== undefined) return { cell };
    each = each.parent;
  }
  return {};
}

function boxOf(
  paragraph: SourceElement,
  numbers: ReadonlyMap<SourceElement, number>,
): Pick<RedlineParagraph, 'boxOf'> {
  let each: SourceElement | undefined = paragraph.parent;
  while (each !== undefined) {
    const number = numbers.get(each);
    if (number !== undefined) return { boxOf: number };
    each = each.parent;
  }
  return {};
}
