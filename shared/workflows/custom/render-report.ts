import type { Report, ReportBlock, Run } from '#shared/domain/report.ts';
import type { ArtifactContent } from '../artifact-content.ts';
import { guessLanguage } from '../language.ts';
import { answeredBy, coverageSentence, documentRemarks, subtitleOf } from '../notices.ts';
import { isLookedFor } from './answer-schema.ts';
import type { ArtifactOf } from './definition.ts';
import { type Cursor, evidenceOf, isMasked, type Row, textOf } from './render-data.ts';
import { claimOf } from './render-table.ts';
import { rowValue } from './row-text.ts';
import { fillTemplate, type Placeholder, parseTemplate, type TemplatePiece } from './template.ts';
import { countOf, globalValue, type Written } from './written.ts';

/** Writes a report from its template: headings, lists, tables and paragraphs as in Markdown, values as plain text, quotes with their citation. */
export function renderReport(artifact: ArtifactOf<'report'>, written: Written): ArtifactContent {
  const { definition, context, notices } = written;
  const { pieces } = parseTemplate(artifact.template);
  const tokens = expand(pieces, { written, rows: [] });
  const title = artifact.title ?? definition.title;
  const report: Report = {
    title: fillTemplate(title, (path) => globalValue(path, written) ?? ''),
    ...subtitleOf(context),
    language: languageOf(tokens),
    blocks: [
      ...notices.map((text): ReportBlock => ({ kind: 'notice', text })),
      ...blocksOf(linesOf(tokens)),
    ],
    colophon: [
      answeredBy(context, 'texts are picked from the documents, not written by a language model'),
      coverageSentence(context),
      ...documentRemarks(context),
    ],
  };
  return artifact.name.endsWith('.md')
    ? { format: 'markdown', report }
    : { format: 'docx', report };
}

/** A stretch of the text that comes of a template; only what the template itself says can begin a heading, a list or a table. */
interface Token {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly citations: readonly string[];
}

interface Scope {
  readonly written: Written;
  /** Records of the sections around, the innermost last, each with its position. */
  readonly rows: readonly { readonly row: Cursor; readonly position: number }[];
}

function expand(pieces: readonly TemplatePiece[], scope: Scope): Token[] {
  return pieces.flatMap((piece) => expandPiece(piece, scope));
}

function expandPiece(piece: TemplatePiece, scope: Scope): Token[] {
  switch (piece.kind) {
    case 'text':
      return [{ text: piece.text, isLiteral: true, citations: [] }];
    case 'value':
      return [valueToken(piece, scope)];
    case 'if':
      return isThere(piece.path, scope) ? expand(piece.content, scope) : [];
    case 'each':
      return cursorsAt(piece.path, scope).flatMap((row, index) =>
        expand(piece.content, { ...scope, rows: [...scope.rows, { row, position: index + 1 }] }),
      );
  }
}

/** Records of a list; the texts of a list of texts one by one. */
function cursorsAt(path: readonly string[], { written, rows }: Scope): Cursor[] {
  return written.data.find(path, rows.at(-1)?.row).flatMap((cursor) => {
    const { field, value, pointer } = cursor;
    if (field.type !== 'array') return [cursor];
    const items = Array.isArray(value) ? value : [];
    return items.map((each, index) => ({
      ...cursor,
      field: field.items,
      value: each,
      pointer: `${pointer}/${index}`,
    }));
  });
}

function isThere(path: readonly string[], { written, rows }: Scope): boolean {
  const cursors = written.data.find(path, rows.at(-1)?.row);
  if (cursors.length === 0) return (globalValue(path, written) ?? '') !== '';
  return cursors.some(({ field, value }) =>
    field.type === 'array' ? Array.isArray(value) && value.length > 0 : isTruthy(value),
  );
}

function isTruthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false;
}

function valueToken({ path, isMark }: Placeholder, { written, rows }: Scope): Token {
  const current = rows.at(-1);
  const cursors = written.data.find(path, current?.row);
  const quotes = cursors.filter(isShownQuote);
  const claim = current?.row.field.type === 'object' ? claimOf(current.row as Row) : '';
  const citations = quotes.flatMap((cursor) =>
    written.citations.cite(evidenceOf(cursor).slice(0, 3), claim),
  );
  if (isMark) return { text: '', isLiteral: false, citations };
  return { text: textFor(path, cursors, { written, rows }), isLiteral: false, citations };
}

function isShownQuote({ field, isVerified }: Cursor): boolean {
  return isLookedFor(field) && isVerified && !isMasked(field);
}

function textFor(
  path: readonly string[],
  cursors: readonly Cursor[],
  { written, rows }: Scope,
): string {
  const current = rows.at(-1);
  if (current !== undefined) {
    const { row, position } = current;
    return rowValue(path, {
      row,
      data: written.data,
      position,
      count: row.field.type === 'object' ? countOf(row as Row, written) : undefined,
      global: (each) => globalValue(each, written),
    });
  }
  return cursors.length > 0
    ? cursors.map(textOf).filter(Boolean).join(' ')
    : (globalValue(path, written) ?? '');
}

/** Tokens line by line; a line break within a value is a space. */
function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (!token.isLiteral) {
      lines.at(-1)?.push({ ...token, text: token.text.replace(/\s+/g, ' ') });
      continue;
    }
    token.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...token, text });
    });
  }
  return lines;
}

const marks = /^\s*(#{1,3} |[-*] |\d+[.)] |> |\|)/;

function blocksOf(lines: readonly (readonly Token[])[]): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  let isContinued = false;
  for (const line of lines) {
    const [first] = line;
    const mark = first?.isLiteral === true ? marks.exec(first.text)?.[1] : undefined;
    const rest = mark === undefined ? line : withoutMark(line, mark);
    const text = line
      .map((token) => token.text)
      .join('')
      .trim();
    if (text === '') {
      isContinued = false;
      continue;
    }
    if (mark === undefined) addParagraph(blocks, runsOf(rest), isContinued);
    else addMarked(blocks, { mark, rest });
    isContinued = mark === undefined;
  }
  return blocks;
}

function withoutMark([first, ...others]: readonly Token[], mark: string): Token[] {
  if (first === undefined) return [];
  const at = first.text.indexOf(mark) + mark.length;
  return [{ ...first, text: first.text.slice(at) }, ...others];
}

function addParagraph(blocks: ReportBlock[], runs: Run[], isContinued: boolean): void {
  const last = blocks.at(-1);
  if (isContinued && last?.kind === 'paragraph') last.runs.push({ text: ' ' }, ...runs);
  else blocks.push({ kind: 'paragraph', runs });
}

function addMarked(
  blocks: ReportBlock[],
  { mark, rest }: { mark: string; rest: readonly Token[] },
): void {
  const runs = runsOf(rest);
  const last = blocks.at(-1);
  if (mark.startsWith('#')) {
    const text = runs.map((run) => run.text).join('');
    blocks.push({ kind: 'heading', level: mark.length - 1, text });
  } else if (mark === '> ') blocks.push({ kind: 'lead', runs });
  else if (mark === '|') addTableRow(blocks, rest);
  else {
    const isOrdered = /\d/.test(mark);
    if (last?.kind === 'list' && last.isOrdered === isOrdered) last.items.push(runs);
    else blocks.push({ kind: 'list', isOrdered, items: [runs] });
  }
}

/** `| a | b |`; the first row is the header, a line of dashes below it is passed over. */
function addTableRow(blocks: ReportBlock[], tokens: readonly Token[]): void {
  const text = tokens.map((token) => token.text).join('');
  if (/^[\s|:-]+$/.test(text)) return;
  const cells: Token[][] = [[]];
  for (const token of tokens) {
    if (!token.isLiteral) {
      cells.at(-1)?.push(token);
      continue;
    }
    token.text.split('|').forEach((part, index) => {
      if (index > 0) cells.push([]);
      if (part.trim() !== '') cells.at(-1)?.push({ ...token, text: part });
    });
  }
  // Behind the last bar there is nothing.
  if (cells.at(-1)?.length === 0) cells.pop();
  const last = blocks.at(-1);
  if (last?.kind === 'table') last.rows.push(cells.map(runsOf));
  else {
    blocks.push({
      kind: 'table',
      header: cells.map((cell) =>
        cell
          .map((token) => token.text)
          .join('')
          .trim(),
      ),
      rows: [],
    });
  }
}

/** Stretches in bold (`**…**`) of the template are runs of their own. */
function runsOf(tokens: readonly Token[]): Run[] {
  let isBold = false;
  const runs = tokens.flatMap(({ text, isLiteral, citations }): Run[] =>
    (isLiteral ? text.split('**') : [text]).map((part, index) => {
      if (index > 0) isBold = !isBold;
      return {
        text: part,
        ...(isBold ? { isBold } : {}),
        ...(citations.length === 0 ? {} : { citations: [...citations] }),
      };
    }),
  );
  return trimmed(runs.filter(({ text, citations }) => text !== '' || citations !== undefined));
}

function trimmed(runs: readonly Run[]): Run[] {
  return runs
    .map((run, index) => {
      const start = index === 0 ? run.text.trimStart() : run.text;
      return { ...run, text: index === runs.length - 1 ? start.trimEnd() : start };
    })
    .filter(({ text, citations }) => text !== '' || citations !== undefined);
}

function languageOf(tokens: readonly Token[]): string {
  return guessLanguage(tokens.map(({ text }) => text).join(' '));
}
