import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import { writtenPrefixOf } from '../ooxml/source.ts';
import { createElementEdits, type ElementEdits } from './element-edits.ts';
import { rightToLeftCharacter, type TargetLanguage } from './target.ts';

/** Marks a part of a Word document with paragraphs: the language of its runs, and how its paragraphs, tables and sections run. */
export function markWordPart(source: string, target: TargetLanguage): string {
  return markWord(source, target, false);
}

/** Marks the styles: their own languages, and the one that all text has by default. */
export function markWordStyles(source: string, target: TargetLanguage): string {
  return markWord(source, target, true);
}

interface Marking {
  readonly target: TargetLanguage;
  readonly prefix: string;
  readonly edits: ElementEdits;
  readonly isOfStyles: boolean;
}

function markWord(source: string, target: TargetLanguage, isOfStyles: boolean): string {
  const root = parsePlaced(source);
  const edits = createElementEdits(source);
  const marking = { target, prefix: writtenPrefixOf(source, root), edits, isOfStyles };
  if (isOfStyles) markDefaults(root, marking);
  visit(root, marking);
  return edits.finish();
}

function visit(element: PlacedElement, marking: Marking): void {
  const { target, edits, isOfStyles } = marking;
  if (element.name === 'w:lang') markLanguage(element, marking);
  // The paragraph of a deleted text, and the former look of a changed one, stay what they were.
  if (element.name.endsWith('PrChange') || element.name === 'w:del') return;
  if (!target.isRightToLeft) removeDirection(element, edits);
  else if (!isOfStyles) setDirection(element, marking);
  for (const child of element.children) visit(child, marking);
}

/** `x-none` says that the text is in no language. */
function markLanguage(element: PlacedElement, { target, edits }: Marking): void {
  const name = `w:${target.attribute}`;
  const known = element.attributes[name];
  if (known === undefined || known === 'x-none') return;
  edits.setAttribute(element, name, target.regional);
}

/** ISO 29500-1, 17.7.5: what a run without a language of its own is in. */
function markDefaults(root: PlacedElement, { target, prefix, edits }: Marking): void {
  const child = (parent: PlacedElement | undefined, name: string) =>
    parent?.children.find((each) => each.name === name);
  const attribute = `${prefix}${target.attribute}`;
  const lang = `<${prefix}lang ${attribute}="${target.regional}"/>`;
  const wrap = (name: string, content: string) => `<${prefix}${name}>${content}</${prefix}${name}>`;
  const defaults = child(root, 'w:docDefaults');
  const ofRuns = child(defaults, 'w:rPrDefault');
  const properties = child(ofRuns, 'w:rPr');
  const known = child(properties, 'w:lang');
  if (known !== undefined) {
    const isMarked = known.attributes[`w:${target.attribute}`] !== undefined;
    if (!isMarked) edits.setAttribute(known, attribute, target.regional);
  } else if (properties !== undefined) edits.insertChild(properties, lang, beforeLang);
  else if (ofRuns !== undefined) edits.insertChild(ofRuns, wrap('rPr', lang));
  else if (defaults !== undefined) {
    edits.insertChild(defaults, wrap('rPrDefault', wrap('rPr', lang)));
  } else edits.insertChild(root, wrap('docDefaults', wrap('rPrDefault', wrap('rPr', lang))));
}

/** Text that is kept and runs from right to left keeps its direction. */
function removeDirection(element: PlacedElement, edits: ElementEdits): void {
  for (const child of element.children) {
    const isOfRun = child.name === 'w:rPr' && element.name === 'w:r';
    if (isOfRun && hasRightToLeftText(element)) continue;
    if (!propertyLists.has(child.name)) continue;
    for (const each of child.children) {
      if (['w:bidi', 'w:rtl', 'w:bidiVisual'].includes(each.name)) edits.remove(each);
    }
  }
}

const propertyLists: ReadonlySet<string> = new Set(['w:pPr', 'w:rPr', 'w:tblPr', 'w:sectPr']);

function setDirection(element: PlacedElement, marking: Marking): void {
  switch (element.name) {
    case 'w:p':
      setFlag(element, { list: 'pPr', flag: 'bidi', before: beforeBidi }, marking);
      break;
    case 'w:r':
      if (hasRightToLeftText(element)) markRun(element, marking);
      break;
    case 'w:tbl':
      setFlag(element, { list: 'tblPr', flag: 'bidiVisual', before: beforeBidiVisual }, marking);
      break;
    case 'w:sectPr':
      addFlag(element, { flag: 'bidi', before: beforeSectionBidi }, marking);
      break;
    default:
  }
}

/** A run that goes from right to left takes its weight, slope and size from properties of their own (17.3.2.30). */
function markRun(run: PlacedElement, marking: Marking): void {
  const properties = run.children.find(({ name }) => name === 'w:rPr');
  const { prefix, edits } = marking;
  for (const [name, complex] of [
    ['w:b', 'bCs'],
    ['w:i', 'iCs'],
    ['w:sz', 'szCs'],
  ] as const) {
    const own = properties?.children.find((each) => each.name === name);
    const isSet = properties?.children.some((each) => each.name === `w:${complex}`) === true;
    if (properties === undefined || own === undefined || isSet) continue;
    const value = own.attributes['w:val'];
    const attribute = value === undefined ? '' : ` ${prefix}val="${value}"`;
    const before = new Set([...beforeComplex[complex], name.slice(2)]);
    edits.insertChild(properties, `<${prefix}${complex}${attribute}/>`, before);
  }
  setFlag(run, { list: 'rPr', flag: 'rtl', before: beforeRtl }, marking);
}

interface Flag {
  readonly flag: string;
  readonly before: ReadonlySet<string>;
}

function setFlag(element: PlacedElement, flag: Flag & { list: string }, marking: Marking): void {
  const { prefix, edits } = marking;
  const properties = element.children.find(({ name }) => name === `w:${flag.list}`);
  if (properties !== undefined) addFlag(properties, flag, marking);
  else {
    edits.insertChild(
      element,
      `<${prefix}${flag.list}><${prefix}${flag.flag}/></${prefix}${flag.list}>`,
    );
  }
}

function addFlag(
  properties: PlacedElement,
  { flag, before }: Flag,
  { prefix, edits }: Marking,
): void {
  const known = properties.children.find(({ name }) => name === `w:${flag}`);
  if (known === undefined) edits.insertChild(properties, `<${prefix}${flag}/>`, before);
  else if (known.attributes['w:val'] !== undefined) edits.setAttribute(known, 'w:val', '1');
}

function hasRightToLeftText(run: PlacedElement): boolean {
  return run.children.some(({ name, text }) => name === 'w:t' && rightToLeftCharacter.test(text));
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

// Orders of elements: ISO 29500-1, 17.3.1.26, 17.3.2.28, 17.4.59, 17.6.17.
const beforeBidi = words(
  'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN',
);
const beforeRtl = words(
  'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign',
);
const beforeLang = new Set([...beforeRtl, 'rtl', 'cs', 'em']);
const beforeComplex = {
  bCs: words('rStyle rFonts b'),
  iCs: words('rStyle rFonts b bCs i'),
  szCs: words('rStyle rFonts b bCs i iCs color spacing w kern position sz'),
};
const beforeBidiVisual = words('tblStyle tblpPr tblOverlap');
const beforeSectionBidi = words(
  'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection',
);
