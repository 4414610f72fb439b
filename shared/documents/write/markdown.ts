import type { Citation } from '#shared/domain/citation.ts';
import type { Report, ReportBlock, Run } from '#shared/domain/report.ts';
import { citationFinder, footnoteText } from './cited.ts';
import { escapeMarkdown, escapeMarkdownStart } from './markdown/escape.ts';
import { writeRuns } from './markdown/runs.ts';
import { columnCount, numericColumns } from './numeric-columns.ts';

/**
 * Writes a report as Markdown (CommonMark with tables and footnotes as GitHub has them). Text of the report stays text: no character of
 * it makes markup, a link, an image or HTML.
 */
export function writeMarkdown(report: Report, citations: readonly Citation[]): string {
  const find = citationFinder(citations);
  const cited = new Set<string>();
  const cite = (ids: readonly string[]) =>
    ids.map((id) => {
      cited.add(find(id).id);
      return `[^${id}]`;
    });

  const parts = [
    `# ${escapeMarkdown(report.title)}`,
    ...(report.subtitle === undefined
      ? []
      : [writeRuns([{ text: report.subtitle, isItalic: true }], cite)]),
    ...writeBlocks(report.blocks, cite),
    ...(report.colophon.length === 0 ? [] : ['---']),
    ...report.colophon.map(escapeMarkdownStart),
    ...[...cited].map((id) => `[^${id}]: ${escapeMarkdownStart(footnoteText(find(id)))}`),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Footnote marks of citations. */
type Cite = (ids: readonly string[]) => string[];

function writeBlocks(blocks: readonly ReportBlock[], cite: Cite): string[] {
  let isAlternate = false;
  return blocks.map((block, index) => {
    if (block.kind === 'contents') return writeContents(block.title, blocks);
    // Two lists of a kind in a row would be one, unless their markers differ.
    const isAfterList = block.kind === 'list' && blocks[index - 1]?.kind === 'list';
    isAlternate = isAfterList && !isAlternate;
    return writeBlock(block, cite, isAlternate);
  });
}

function writeContents(title: string, blocks: readonly ReportBlock[]): string {
  const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block] : []));
  const levels = headings.map(({ level }) => level);
  const outermost = levels.reduce((least, level) => Math.min(least, level), 3);
  const lines = headings.map(
    ({ level, text }) => `${'  '.repeat(level - outermost)}- ${escapeMarkdownStart(text)}`,
  );
  return [`**${escapeMarkdown(title)}**`, lines.join('\n')].join('\n\n');
}

function writeBlock(
  block: Exclude<ReportBlock, { kind: 'contents' }>,
  cite: Cite,
  isAlternate: boolean,
): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return writeRuns(block.runs, cite);
    case 'lead':
      return writeRuns(
        block.runs.map((run) => ({ ...run, isBold: true })),
        cite,
      );
    case 'notice':
      return `> ${escapeMarkdownStart(block.text)}`;
    case 'list':
      return writeList(block, cite, isAlternate);
    case 'table':
      return writeTable(block, cite);
    case 'page-break':
      return '';
  }
}

type Block<Kind extends ReportBlock['kind']> = Extract<ReportBlock, { kind: Kind }>;

function writeList({ isOrdered, items }: Block<'list'>, cite: Cite, isAlternate: boolean): string {
  const marker = (index: number) => {
    if (isOrdered) return `${index + 1}${isAlternate ? ')' : '.'}`;
    return isAlternate ? '*' : '-';
  };
  return items.map((item, index) => `${marker(index)} ${writeRuns(item, cite)}`).join('\n');
}

function writeTable(block: Block<'table'>, cite: Cite): string {
  const columns = Array.from({ length: columnCount(block) }, (_, column) => column);
  if (columns.length === 0) return '';
  const isNumeric = numericColumns(block);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cellOf = (row: readonly (readonly Run[])[], column: number) =>
    writeRuns(row[column] ?? [], cite);
  return [
    line(columns.map((column) => escapeMarkdown(block.header[column] ?? ''))),
    line(columns.map((column) => (isNumeric[column] === true ? '---:' : '---'))),
    ...block.rows.map((row) => line(columns.map((column) => cellOf(row, column)))),
  ].join('\n');
}
