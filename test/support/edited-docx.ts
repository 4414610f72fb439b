import { unzipSync, zipSync } from 'fflate';
import { type Replacement, replaceRanges } from '#shared/documents/edit/ooxml/splice.ts';
import { parseSource, type SourceElement } from '#shared/documents/edit/redline/source-tree.ts';
import { createRandom } from '#shared/simulator/random.ts';

/** A DOCX as a lawyer sends it back. */
export interface EditedDocx {
  readonly bytes: Uint8Array;
  /** Texts of the paragraphs that now stand elsewhere. */
  readonly moved: readonly string[];
}

const part = 'word/document.xml';
/** What a paragraph may hang on to and cannot be copied or moved with it. */
const anchored =
  /<w:(?:sectPr|fldChar|fldSimple|bookmark|comment|footnote|endnote|txbx|ins|del|move|sdt|drawing|pict|object)/;

/** Edits a DOCX by splicing its XML: clauses move, figures change, paragraphs go and come, rows of tables change and come twice. */
export function editDocx(bytes: Uint8Array, seed: number): EditedDocx {
  const entries = unzipSync(bytes);
  const content = entries[part];
  if (content === undefined) return { bytes, moved: [] };
  const { source, root } = parseSource(content);
  const body = root.children.find(({ name }) => name === 'w:body')?.children ?? [];
  const draft: Draft = { source, random: createRandom(seed), edits: new Map(), moved: [] };
  const isFree = (each: SourceElement) => !anchored.test(xmlOf(each, draft));
  const clauses = body.filter((each) => each.name === 'w:p' && isFree(each));
  for (const clause of clauses) editClause(clause, clauses, draft);
  const rows = body.filter(({ name }) => name === 'w:tbl').flatMap(plainRows);
  for (const row of rows.filter(isFree)) editRow(row, draft);
  const text = replaceRanges(source, [...draft.edits.values()]);
  const changed = { ...entries, [part]: new TextEncoder().encode(text) };
  return { bytes: zipSync(changed), moved: draft.moved };
}

interface Draft {
  readonly source: string;
  readonly random: () => number;
  readonly edits: Map<SourceElement, Replacement>;
  readonly moved: string[];
}

function xmlOf({ start, end }: SourceElement, { source }: Draft): string {
  return source.slice(start, end);
}

function put(each: SourceElement, text: string, { edits }: Draft): void {
  edits.set(each, { start: each.start, end: each.end, text });
}

function editClause(clause: SourceElement, all: readonly SourceElement[], draft: Draft): void {
  const chance = draft.random();
  if (draft.edits.has(clause) || textOf(clause) === '') return;
  const xml = xmlOf(clause, draft);
  if (chance < 0.08) put(clause, '', draft);
  else if (chance < 0.16) put(clause, xml + newParagraph(xml, clause), draft);
  else if (chance < 0.3) put(clause, withOtherFigures(xml), draft);
  else if (chance < 0.36) move(clause, all, draft);
}

function editRow(row: SourceElement, draft: Draft): void {
  const [chance, xml] = [draft.random(), xmlOf(row, draft)];
  if (/w:vMerge/.test(xml)) return;
  if (chance < 0.1) put(row, xml + withOtherFigures(xml), draft);
  else if (chance < 0.2) put(row, withOtherFigures(xml), draft);
}

function move(clause: SourceElement, all: readonly SourceElement[], draft: Draft): void {
  const from = all.indexOf(clause);
  // Beside its neighbour it would not have moved.
  const isAway = (to: number) => Math.abs(to - from) > 3;
  const free = all.filter((each, to) => isAway(to) && !draft.edits.has(each));
  const target = free[Math.floor(draft.random() * free.length)];
  if (target === undefined) return;
  put(clause, '', draft);
  put(target, xmlOf(clause, draft) + xmlOf(target, draft), draft);
  draft.moved.push(textOf(clause));
}

function plainRows({ children }: SourceElement): SourceElement[] {
  return children.filter(({ name }) => name === 'w:tr');
}

function textOf(element: SourceElement): string {
  if (element.name === 'w:t') return element.text;
  return element.children.map(textOf).join('');
}

/** A copy of a paragraph with its properties, which says something else. */
function newParagraph(xml: string, clause: SourceElement): string {
  const properties = /<w:pPr>.*?<\/w:pPr>/s.exec(xml)?.[0] ?? '';
  return `<w:p>${properties}<w:r><w:t>Put in behind “${textOf(clause).length}”, as agreed.</w:t></w:r></w:p>`;
}

function withOtherFigures(xml: string): string {
  const [whole, text = ''] = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>/.exec(xml) ?? [];
  if (whole === undefined) return xml;
  const other = text.replace(/\d+/, (digits) => String(Number(digits) + 1));
  const changed = `>${other === text ? `${text} (new)` : other}<`;
  return xml.replace(whole, whole.replace(`>${text}<`, changed));
}
