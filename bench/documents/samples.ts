import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { writeDocx } from '#shared/documents/write/docx.ts';
import { writePptx } from '#shared/documents/write/pptx.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Presentation } from '#shared/domain/presentation.ts';
import type { Report, ReportBlock } from '#shared/domain/report.ts';
import type { Cell, Workbook } from '#shared/domain/workbook.ts';
import { convertWithOffice } from './office-conversion.ts';
import { writeSamplePdf } from './sample-pdf.ts';
import * as text from './sample-text.ts';

/** Writes a large file of every format that is wanted into the folder, the same bytes every time, and gives their names. */
export async function writeSamples(
  folder: string,
  isWanted: (extension: string) => boolean,
): Promise<string[]> {
  const conversions = officeConversions.filter(([, extension]) => isWanted(extension));
  const sources = new Set<string>(conversions.map(([name]) => name));
  const names: string[] = [];
  for (const [name, write] of Object.entries(samples)) {
    const isSample = isWanted(extname(name).slice(1));
    if (isSample) names.push(name);
    if (isSample || sources.has(name)) await writeFile(join(folder, name), await write());
  }
  return [...names, ...(await convertWithOffice(folder, conversions))].sort();
}

const samples: Readonly<Record<string, () => Promise<Uint8Array> | string>> = {
  'report.docx': () => writeDocx(report(1_500), []),
  'table.xlsx': async () => (await writeXlsx(workbook(20_000, 12))).bytes,
  'million.xlsx': async () => (await writeXlsx(workbook(62_500, 16))).bytes,
  'deck.pptx': async () => (await writePptx(deck(300))).bytes,
  'paper.pdf': writeSamplePdf,
  'prose.html': () => text.html(4_000),
  'prose.md': () => text.markdown(4_000),
  'prose.txt': () => text.plain(8_000),
  'table.csv': () => text.csv(60_000, 16),
  'mail.eml': () => text.mail(8_000),
  'talk.vtt': () => text.webVtt(20_000),
  'talk.srt': () => text.subRip(20_000),
  'talk.json': () => text.transcript(20_000),
};

const officeConversions = [
  ['report.docx', 'odt'],
  ['table.xlsx', 'ods'],
  ['deck.pptx', 'odp'],
  ['report.docx', 'rtf'],
] as const;

function report(sections: number): Report {
  const blocks = Array.from({ length: sections }, (_, index): ReportBlock[] => [
    { kind: 'heading', level: 1 + (index % 3), text: `Depot ${index + 1}` },
    { kind: 'paragraph', runs: [{ text: text.sentences(index, 4) }] },
    {
      kind: 'list',
      isOrdered: index % 2 === 0,
      items: [0, 1, 2].map((item) => [{ text: text.sentences(index + item, 1) }]),
    },
    {
      kind: 'table',
      header: ['Quarter', 'Wagons', 'Cost'],
      rows: [1, 2, 3, 4].map((quarter) =>
        [`Q${quarter}`, `${4_000 + index}`, `${index * quarter}`].map((cell) => [{ text: cell }]),
      ),
    },
  ]);
  return { title: 'Depots', language: 'en', blocks: blocks.flat(), colophon: [] };
}

function workbook(rows: number, columns: number): Workbook {
  const types = ['text', 'integer', 'decimal', 'date'] as const;
  const typeOf = (column: number) => types[column % types.length] ?? 'text';
  return {
    title: 'Wagons',
    language: 'en',
    sheets: [
      {
        name: 'Wagons',
        columns: Array.from({ length: columns }, (_, column) => ({
          title: `Column ${column + 1}`,
          type: typeOf(column),
        })),
        rows: Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (__, column) => cellOf(typeOf(column), row, column)),
        ),
      },
    ],
  };
}

function cellOf(type: string, row: number, column: number): Cell {
  if (type === 'text') return { kind: 'text', text: `Depot ${row % 500}, track ${column}` };
  if (type === 'integer') return { kind: 'number', value: row * 31 + column };
  if (type === 'decimal') return { kind: 'number', value: (row * 31 + column) / 7 };
  const month = String(1 + (row % 12)).padStart(2, '0');
  return { kind: 'date', date: `20${String(10 + (row % 20))}-${month}-15` };
}

function deck(slides: number): Presentation {
  return {
    title: 'Depots',
    language: 'en',
    slides: Array.from({ length: slides }, (_, index) => {
      const common = { title: `Depot ${index + 1}`, notes: [text.sentences(index, 2)] };
      if (index % 4 === 3) {
        const row = (label: string) =>
          [label, `${index}`, `${index * 3}`].map((cell) => [{ text: cell }]);
        return {
          kind: 'table',
          header: ['Quarter', 'Wagons', 'Cost'],
          rows: ['Q1', 'Q2', 'Q3'].map(row),
          ...common,
        };
      }
      const items = [0, 1, 2, 3].map((level) => ({
        level: level % 2,
        runs: [{ text: text.sentences(index + level, 1) }],
      }));
      return { kind: 'bullets', content: { items }, ...common };
    }),
  };
}
