import { createUnitList, type NewUnit } from '#shared/documents/unit-list.ts';
import type { Document } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';

/**
 * A document from lines of text: `# ` headings, `- ` list items, `| a | b |` table rows (the first of a table is its header), anything
 * else a paragraph.
 */
export function documentFromLines(
  lines: readonly string[],
  options: { position?: number; name?: string; title?: string } = {},
): Document {
  const id = documentIdOf(options.position ?? 1);
  const list = createUnitList(id);
  const tables = { table: 0, row: 0 };
  for (const [index, line] of lines.entries()) {
    const place = { kind: 'text', line: index + 1 } as const;
    list.add({ ...unitOf(line, tables), place });
  }
  return {
    id,
    name: options.name ?? 'report.md',
    format: 'markdown',
    sha256: '0'.repeat(64),
    sizeInBytes: lines.join('\n').length,
    ...(options.title === undefined ? {} : { title: options.title }),
    units: [...list.units],
    warnings: [],
    changes: [],
    hidden: [],
    attachments: [],
  };
}

function unitOf(line: string, tables: { table: number; row: number }): Omit<NewUnit, 'place'> {
  if (line.startsWith('|')) {
    tables.row += 1;
    if (tables.row === 1) tables.table += 1;
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const text = cells.filter((cell) => cell !== '').join(' | ');
    return { kind: 'table-row', text, table: { ...tables, isHeader: tables.row === 1, cells } };
  }
  tables.row = 0;
  const [, marks, heading] = /^(#+) (.*)$/.exec(line) ?? [];
  if (marks !== undefined && heading !== undefined) {
    return { kind: 'heading', level: marks.length, text: heading };
  }
  if (line.startsWith('- ')) return { kind: 'list-item', level: 0, text: line.slice(2) };
  return { kind: 'paragraph', text: line };
}
