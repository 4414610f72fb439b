import { symbolOf } from '../../read/docx/symbols.ts';
import { type SourceElement, sourceChild } from './source-tree.ts';

/**
 * The smallest thing that a change of a paragraph's text can keep, delete or stand beside. Only text can be split; everything else is
 * a unit: a tab, a break, a symbol with a text of its own, or an image, a field's mark, a note's mark without any.
 */
export interface Atom {
  readonly element: SourceElement;
  /** The run that it stands in; an equation stands beside the runs. */
  readonly run: SourceElement | undefined;
  readonly text: string;
  /** Where its text begins in that of the paragraph, in UTF-16 code units. */
  readonly offset: number;
  /** How many links, tags, content controls and fields it stands in, as seen from the atom before it and from the one behind it. */
  readonly depthBefore: number;
  readonly depthAfter: number;
  /** A field whose marks these are; they go together or stay. */
  readonly field?: Field;
  readonly isNoteMark: boolean;
  /** The mark of a remark and one end of a field that begins or ends in another paragraph are never taken away with the text. */
  readonly isLasting: boolean;
}

/** A field (`w:fldChar`) that begins and ends in the paragraph: characters of its result, marks not counted. */
export interface Field {
  resultFrom: number;
  to: number;
}

/** What a paragraph consists of, in the order of the file, without what stands in text boxes. */
export function atomsOf(paragraph: SourceElement): readonly Atom[] {
  const state: State = { atoms: [], offset: 0, depth: 0, fields: [] };
  addContent(paragraph, state);
  return state.atoms.map((atom) => finish(atom));
}

/** Text of a paragraph as redlines see it: tabs as `\t`, line breaks as `\n`; no field codes. */
export function textOfAtoms(atoms: readonly Atom[]): string {
  return atoms.map((atom) => atom.text).join('');
}

/** Whether text in it is text of the paragraph. */
export function isInlineContainer(name: string): boolean {
  return inlineContainers.has(name);
}

const inlineContainers: ReadonlySet<string> = new Set([
  'w:hyperlink',
  'w:smartTag',
  'w:sdt',
  'w:sdtContent',
  'w:customXml',
  'w:fldSimple',
  'w:dir',
  'w:bdo',
]);

interface OpenField {
  readonly field: Field;
  part: 'instruction' | 'result';
  isComplete: boolean;
}

type GrowingAtom = Atom & { readonly openField?: OpenField };

interface State {
  readonly atoms: GrowingAtom[];
  offset: number;
  depth: number;
  readonly fields: OpenField[];
}

function finish({ openField, ...atom }: GrowingAtom): Atom {
  if (openField === undefined) return atom;
  if (openField.isComplete) return { ...atom, field: openField.field };
  // Joined to the next paragraph, the start of an instruction would swallow its text.
  return openField.part === 'result' ? { ...atom, isLasting: true } : atom;
}

function addContent(container: SourceElement, state: State): void {
  for (const child of container.children) {
    if (child.name === 'w:r') addRun(child, state);
    else if (isInlineContainer(child.name)) {
      state.depth += 1;
      addContent(child, state);
      state.depth -= 1;
    } else if (child.name === 'm:oMath' || child.name === 'm:oMathPara') {
      addAtom(child, { run: undefined, text: '' }, state);
    }
  }
}

function addRun(run: SourceElement, state: State): void {
  for (const child of run.children) {
    if (child.name === 'w:rPr') continue;
    if (child.name === 'w:fldChar') addFieldMark(child, run, state);
    else addAtom(child, { run, text: textOf(child, state) }, state);
  }
}

function textOf(element: SourceElement, { fields }: State): string {
  if (fields.some(({ part }) => part === 'instruction')) return '';
  switch (element.name) {
    case 'w:t':
      // The white space of a text is spaces; a tab and a break have elements of their own.
      return element.text.replace(/[\t\n\r]/g, ' ');
    case 'w:tab':
    case 'w:ptab':
      return '\t';
    case 'w:cr':
      return '\n';
    case 'w:br':
      return isLineBreak(element) ? '\n' : '';
    case 'w:noBreakHyphen':
      return '\u2011';
    case 'w:sym':
      return symbolOf({ ...element, children: [] });
    case 'w:ruby':
      return rubyText(element);
    default:
      return '';
  }
}

/** Breaks of pages and columns are no text: to write one again as text would make it a line break. */
function isLineBreak({ attributes }: SourceElement): boolean {
  return (attributes['w:type'] ?? 'textWrapping') === 'textWrapping';
}

function rubyText(ruby: SourceElement): string {
  const runs = sourceChild(ruby, 'w:rubyBase')?.children ?? [];
  return runs
    .flatMap((run) => run.children)
    .map((child) => (child.name === 'w:t' ? child.text : ''))
    .join('');
}

function addFieldMark(mark: SourceElement, run: SourceElement, state: State): void {
  const type = mark.attributes['w:fldCharType'];
  if (type === 'begin') {
    const field = { resultFrom: state.offset, to: state.offset };
    const openField: OpenField = { field, part: 'instruction', isComplete: false };
    addAtom(mark, { run, text: '', openField, opens: true }, state);
    state.fields.push(openField);
    return;
  }
  const openField = state.fields.at(-1);
  if (openField === undefined) {
    addAtom(mark, { run, text: '', isLasting: true }, state);
    return;
  }
  if (type === 'separate') {
    openField.part = 'result';
    openField.field.resultFrom = state.offset;
    addAtom(mark, { run, text: '', openField }, state);
    return;
  }
  state.fields.pop();
  openField.isComplete = true;
  openField.field.to = state.offset;
  addAtom(mark, { run, text: '', openField, closes: true }, state);
}

interface NewAtom {
  readonly run: SourceElement | undefined;
  readonly text: string;
  readonly openField?: OpenField;
  readonly opens?: boolean;
  readonly closes?: boolean;
  readonly isLasting?: boolean;
}

function addAtom(element: SourceElement, made: NewAtom, state: State): void {
  const { run, text, opens = false, closes = false } = made;
  const depth = state.depth + state.fields.length;
  const isInstruction = element.name === 'w:instrText' || element.name === 'w:delInstrText';
  const openField = made.openField ?? (isInstruction ? state.fields.at(-1) : undefined);
  state.atoms.push({
    element,
    run,
    text,
    offset: state.offset,
    depthBefore: closes ? depth + 1 : depth,
    depthAfter: opens ? depth + 1 : depth,
    ...(openField === undefined ? {} : { openField }),
    isNoteMark: /^w:(?:footnote|endnote)Reference$/.test(element.name),
    isLasting: made.isLasting === true || element.name === 'w:commentReference',
  });
  state.offset += text.length;
}
