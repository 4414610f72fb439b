import { writeDocx } from '#shared/documents/write/docx.ts';
import { writeDocxInto } from '#shared/documents/write/docx-into.ts';
import { writePptx } from '#shared/documents/write/pptx.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Presentation } from '#shared/domain/presentation.ts';
import type { Report } from '#shared/domain/report.ts';
import type { Workbook } from '#shared/domain/workbook.ts';
import { fullReport, fullReportCitations } from '../../test/support/reports.ts';

/** A file of each kind that the project writes, with everything that it can hold. */
export async function samples(): Promise<{ readonly name: string; readonly bytes: Uint8Array }[]> {
  const document = await writeDocx(report, fullReportCitations);
  const deck = await writePptx(presentation, fullReportCitations);
  const option = { template: deck.bytes };
  return [
    { name: 'report.docx', bytes: document },
    {
      name: 'report-into.docx',
      bytes: await writeDocxInto(document, { report }, fullReportCitations),
    },
    { name: 'table.xlsx', bytes: (await writeXlsx(workbook, fullReportCitations)).bytes },
    { name: 'deck.pptx', bytes: deck.bytes },
    {
      name: 'deck-into.pptx',
      bytes: (await writePptx(presentation, fullReportCitations, option)).bytes,
    },
  ];
}

const report: Report = {
  ...fullReport,
  pageFooter: 'Confidential',
  blocks: [{ kind: 'contents', title: 'Contents' }, { kind: 'page-break' }, ...fullReport.blocks],
};

const workbook: Workbook = {
  title: 'Invoices',
  language: 'en',
  sheets: [
    {
      name: 'Data',
      notes: [
        { text: 'Invoices of 2025', isBold: true },
        { text: 'PARTIAL: row 14 was not read.', mark: 'warning' },
      ],
      columns: [
        { title: 'Supplier', type: 'text' },
        { title: 'Net [EUR]', type: 'currency', currency: 'EUR', total: 'sum' },
        { title: 'Tax', type: 'decimal' },
        { title: 'Date', type: 'date', total: 'maximum' },
        { title: 'Source', type: 'link' },
        { title: 'Without tax', type: 'decimal', total: 'average' },
      ],
      rows: [
        [
          { kind: 'text', text: '=cmd|calc \u0001 _x0041_' },
          { kind: 'number', value: 1234.5 },
          { kind: 'number', value: 12 },
          { kind: 'date', date: '2025-02-28' },
          { kind: 'link', text: 'E1', target: { sheet: 'Evidence', row: 0 } },
          {
            kind: 'formula',
            formula: { kind: 'arithmetic', operator: '-', left: 'Net [EUR]', right: 'Tax' },
          },
        ],
        [
          { kind: 'empty', mark: 'missing' },
          { kind: 'empty' },
          { kind: 'empty' },
          { kind: 'date', date: '1899-12-31' },
          { kind: 'link', text: 'page', target: 'https://example.com/?a=1&b=2' },
        ],
      ],
    },
    {
      name: 'Evidence',
      columns: [{ title: 'Quote', type: 'text' }],
      rows: [[{ kind: 'citation', id: 'c2', show: 'quote' }]],
    },
    { name: 'Issues', columns: [{ title: 'Issue', type: 'text' }], rows: [] },
  ],
};

const charts = (['bar', 'line', 'pie'] as const).map((type) => ({
  kind: 'chart' as const,
  title: type,
  chart: {
    type,
    categories: ['Q1', 'Q2', 'Q3'],
    series: [{ name: '2025', values: [1.5, null, 3] }],
  },
}));

const presentation: Presentation = {
  title: 'Review',
  language: 'en',
  slides: [
    { kind: 'title', title: 'Review 2025', subtitle: 'Nordlink', notes: ['Welcome.'] },
    { kind: 'section', title: 'Finance', text: 'What changed' },
    {
      kind: 'bullets',
      title: 'Points',
      content: {
        isOrdered: true,
        items: [
          { level: 0, runs: [{ text: 'One', isBold: true, citations: ['c1', 'c2'] }] },
          { level: 1, runs: [{ text: 'مرحبا بالعالم' }] },
        ],
      },
    },
    {
      kind: 'two-columns',
      title: 'Sides',
      left: { items: [{ level: 0, runs: [{ text: 'left' }] }] },
      right: { items: [{ level: 0, runs: [{ text: 'right' }] }] },
    },
    {
      kind: 'table',
      title: 'Figures',
      header: ['Name', 'Value'],
      rows: [[[{ text: 'a' }], [{ text: '1' }]]],
    },
    ...charts,
  ],
};
