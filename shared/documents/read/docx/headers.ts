import type { OpcPackage } from '../../opc.ts';
import { createUnitList } from '../../unit-list.ts';
import { parseXml, type XmlElement } from '../../xml.ts';
import { readBlocks } from './blocks.ts';
import { createFields, isPageNumber } from './fields.ts';
import { createLedger } from './ledger.ts';
import { createPages } from './pages.ts';
import { relationsOf } from './relations.ts';
import { numberParagraphs, type ParagraphNumbers, type Story } from './story.ts';
import { branchOf, rawTextOf } from './xml.ts';

/**
 * Adds headers and footers, each part once. One that says what another said already, or nothing but the number of the page, is counted;
 * what no page shows is hidden text.
 */
export function readHeaders(
  { file, taken }: { readonly file: OpcPackage; readonly taken: Set<string> },
  story: Story,
): void {
  story.units.leaveHeadings();
  const shownIds = story.sections.shownIds();
  for (const part of ['header', 'footer'] as const) {
    const given = new Set<string>();
    for (const [index, { name, ids }] of story.relations.all(part).entries()) {
      const bytes = file.read(name);
      if (bytes === undefined) continue;
      const root = parseXml(bytes);
      const paragraphNumbers: ParagraphNumbers = new Map();
      numberParagraphs(root, paragraphNumbers);
      const own: Story = {
        ...story,
        part,
        number: index + 1,
        relations: relationsOf(file, name, taken),
        paragraphNumbers,
        fields: createFields(),
        pages: createPages(false),
        carried: [],
      };
      if (ids.some((id) => shownIds.has(id))) readShown(root, given, own);
      else readUnshown(root, own);
    }
  }
}

function readShown(root: XmlElement, given: Set<string>, story: Story): void {
  const text = rawTextOf(root).replace(/\s+/g, ' ').trim();
  const says = saysMoreThanPage(root);
  if (says && !given.has(text)) {
    readBlocks(root, story);
    given.add(text);
    return;
  }
  if (text !== '') story.tally.add(says ? 'repeated' : 'pageNumber');
  // Pictures in it count, and changes and comments are told.
  const units = createUnitList(story.units.documentId);
  readBlocks(root, { ...story, units, ledger: says ? createLedger() : story.ledger });
}

function readUnshown(root: XmlElement, story: Story): void {
  const units = createUnitList(story.units.documentId);
  readBlocks(root, { ...story, units });
  for (const { text, locator } of units.units) {
    story.tally.add('unshown');
    story.ledger.addHidden(text, locator);
  }
  story.ledger.settle(story.units.headingPath);
}

/** Whether there is a letter or a digit that no field for pages puts there. */
function saysMoreThanPage(root: XmlElement): boolean {
  const fields = createFields();
  const look = (element: XmlElement): boolean => {
    if (element.name === 'w:fldChar') fields.see(element, 0);
    if (element.name === 'w:instrText') fields.addInstruction(element.text);
    if (isPageNumber(instructionOf(element))) return false;
    const isOwn = !fields.isInPageNumber() && /[\p{L}\p{N}]/u.test(ownTextOf(element));
    if (isOwn) return true;
    return element.name === 'mc:AlternateContent'
      ? look(branchOf(element))
      : element.children.some(look);
  };
  return look(root);
}

function instructionOf({ name, attributes }: XmlElement): string {
  return name === 'w:fldSimple' ? (attributes['w:instr'] ?? '') : '';
}

function ownTextOf({ name, text, attributes }: XmlElement): string {
  if (name === 'v:textpath') return attributes['string'] ?? '';
  return texts.has(name) ? text : '';
}

const texts = new Set(['w:t', 'w:delText', 'm:t', 'a:t']);
