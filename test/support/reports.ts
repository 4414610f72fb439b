import { Citation } from '#shared/domain/citation.ts';
import type { Report } from '#shared/domain/report.ts';

/** A verified citation with what a test says about it. */
export function citationWith(changes: Partial<Record<keyof Citation, unknown>> = {}): Citation {
  return Citation.parse({
    id: 'c1',
    claim: 'Revenue grew.',
    quote: 'Revenue rose by 7.4 % to €184.6 million.',
    documentId: 'd1',
    documentName: 'report.docx',
    unitId: 'd1.u7',
    locator: { kind: 'text', line: 7, headingPath: ['2 Finance'] },
    place: 'section “2 Finance”',
    verified: true,
    ...changes,
  });
}

/** A report with what a test says about it. */
export function reportWith(changes: Partial<Report> = {}): Report {
  return { title: 'Summary of a report', language: 'en', blocks: [], colophon: [], ...changes };
}

/** Every kind of block, two citations, one of them cited twice. */
export const fullReport: Report = {
  title: 'Summary of the annual report',
  subtitle: 'report.docx',
  language: 'en',
  blocks: [
    { kind: 'notice', text: 'The result is partial.' },
    { kind: 'lead', runs: [{ text: 'Revenue grew by 7.4 %.', citations: ['c1', 'c2'] }] },
    { kind: 'heading', level: 1, text: 'Key points' },
    {
      kind: 'list',
      isOrdered: false,
      items: [[{ text: 'First ' }, { text: 'point', isBold: true }], [{ text: 'Second point' }]],
    },
    { kind: 'heading', level: 2, text: 'Decisions' },
    { kind: 'list', isOrdered: true, items: [[{ text: 'Decision one', citations: ['c1'] }]] },
    { kind: 'list', isOrdered: true, items: [[{ text: 'Another list' }]] },
    { kind: 'heading', level: 3, text: 'Remarks' },
    { kind: 'paragraph', runs: [{ text: 'A remark in ' }, { text: 'italics', isItalic: true }] },
    {
      kind: 'table',
      header: ['Figure', 'Value'],
      rows: [[[{ text: 'Revenue' }], [{ text: '184.6' }]], [[{ text: 'Only one cell' }]]],
    },
  ],
  colophon: ['Written with MiniMax M2.7.', 'Nothing was dropped.'],
};

export const fullReportCitations = [
  citationWith(),
  citationWith({ id: 'c2', quote: 'Volume & margin < target > plan', documentName: 'other.pdf' }),
];
