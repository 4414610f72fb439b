import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { makeXlsx } from '../../../support/edit-files.ts';

const columns = [...'ABCDEFGHIJKLMNOP'];
const rowCount = 12_500;

// Loading the reader's code takes some 20 MB of these. A tree of the sheet's XML would take more than 100.
const heapInMb = 64;

describe('a workbook of 200,000 cells', () => {
  it(`is read in a heap of ${heapInMb} MB`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quire-large-sheet-'));
    try {
      const path = join(folder, 'large.xlsx');
      await writeFile(
        path,
        makeXlsx(Array.from({ length: rowCount }, (_, row) => rowOf(row + 1)).join('')),
      );

      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          ...[`--max-old-space-size=${heapInMb}`, '--import', 'tsx', '--input-type=module'],
          ...['--eval', reading, path],
        ],
        { env: { ...process.env, NODE_OPTIONS: '' } },
      );

      expect(JSON.parse(stdout)).toEqual({ rows: rowCount, cells: rowCount * columns.length });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** A process of its own: the heap of this one has other things in it. */
const reading = `
import { readFileSync } from 'node:fs';
import { readXlsx } from '#shared/documents/read/xlsx.ts';
const bytes = new Uint8Array(readFileSync(process.argv[1]));
const { units } = await readXlsx({ documentId: 'd1', name: 'large.xlsx', bytes });
const rows = units.filter(({ kind }) => kind === 'table-row');
const cells = rows.reduce((sum, { table }) => sum + table.cells.length, 0);
console.log(JSON.stringify({ rows: rows.length, cells }));
`;

function rowOf(row: number): string {
  const cells = columns.map((column, index) =>
    index % 4 === 0
      ? `<c r="${column}${row}" t="inlineStr"><is><t>Text ${row} ${index}</t></is></c>`
      : `<c r="${column}${row}"><v>${(row * index) / 8}</v></c>`,
  );
  return `<row r="${row}">${cells.join('')}</row>`;
}
