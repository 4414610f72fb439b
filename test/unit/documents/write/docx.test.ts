import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeDocx } from '#shared/documents/write/docx.ts';
import { parseXml, type XmlElement } from '#shared/documents/xml.ts';
import { openZip } from '#shared/documents/zip.ts';
import type { Citation } from '#shared/domain/citation.ts';
import type { Report } from '#shared/domain/report.ts';
import { pdfPages } from '../../../support/pdf-text.ts';
import {
  citationWith,
  fullReport,
  fullReportCitations,
  reportWith,
} from '../../../support/reports.ts';
import { convertToPdf, findSoffice } from '../../../support/soffice.ts';

describe('writeDocx', () => {
  it('writes a footnote for every citation of a run, with quote, place and document', async () => {
    const parts = await write(fullReport, fullReportCitations);

    const references = parts.body('w:footnoteReference').map((mark) => mark.attributes['w:id']);
    const notes = parts.notes().filter((note) => references.includes(note.id));

    expect(references).toEqual(['1', '2', '3']);
    expect(notes.map((note) => note.text.trim())).toEqual([
      '“Revenue rose by 7.4 % to €184.6 million.” — section “2 Finance”, report.docx',
      '“Volume & margin < target > plan” — section “2 Finance”, other.pdf',
      '“Revenue rose by 7.4 % to €184.6 million.” — section “2 Finance”, report.docx',
    ]);
  });

  it('shortens a quote beyond 300 characters at a word', async () => {
    const quote = 'word '.repeat(100).trim();
    const report = reportWith({
      blocks: [{ kind: 'paragraph', runs: [{ text: 'A', citations: ['c1'] }] }],
    });

    const parts = await write(report, [citationWith({ quote })]);

    const text = parts.notes().at(-1)?.text ?? '';
    expect(text).toContain('word word …” — ');
    expect(text.length).toBeLessThan(350);
  });

  it('refuses a report that cites what is not among the citations', async () => {
    const report = reportWith({
      blocks: [{ kind: 'lead', runs: [{ text: 'A', citations: ['c9'] }] }],
    });

    await expect(writeDocx(report, fullReportCitations)).rejects.toMatchObject({
      code: 'internal_error',
    });
  });

  it('names styles for title, headings, lists, notice, lead and colophon', async () => {
    const parts = await write(fullReport, fullReportCitations);

    const styles = new Map(
      parts
        .paragraphs()
        .map((paragraph) => [
          textOf(paragraph),
          find(paragraph, 'w:pStyle')[0]?.attributes['w:val'],
        ]),
    );

    expect(Object.fromEntries(styles)).toMatchObject({
      'Summary of the annual report': 'Title',
      'report.docx': 'Subtitle',
      'The result is partial.': 'Notice',
      'Revenue grew by 7.4 %., ': 'Lead',
      'Key points': 'Heading1',
      Decisions: 'Heading2',
      Remarks: 'Heading3',
      'First point': 'ListParagraph',
      'Written with MiniMax M2.7.': 'ColophonStart',
      'Nothing was dropped.': 'Colophon',
    });
    expect([...styles.values()].every((id) => id === undefined || parts.hasStyle(id))).toBe(true);
  });

  it('starts every ordered list at one', async () => {
    const parts = await write(fullReport, fullReportCitations);

    const ids = parts
      .paragraphs()
      .filter((paragraph) => ['Decision one', 'Another list'].includes(textOf(paragraph)))
      .map((paragraph) => find(paragraph, 'w:numId')[0]?.attributes['w:val']);

    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('repeats the header row of a table and fills short rows', async () => {
    const parts = await write(fullReport, fullReportCitations);

    const rows = parts.body('w:tr');

    expect(rows.map((row) => find(row, 'w:tc').length)).toEqual([2, 2, 2]);
    expect(rows.map((row) => find(row, 'w:tblHeader').length)).toEqual([1, 0, 0]);
    const alignments = find(rows[1], 'w:jc').map((jc) => jc.attributes['w:val']);
    expect(alignments).toEqual(['left', 'right']);
  });

  it('numbers pages in the footer and has the title in the header and the properties', async () => {
    const parts = await write(fullReport, fullReportCitations);

    expect(parts.text('word/footer1.xml')).toMatch(/PAGE[\s\S]*NUMPAGES/);
    expect(parts.text('word/header1.xml')).toContain('Summary of the annual report');
    const properties = parts.text('docProps/core.xml');
    expect(properties).toContain('<dc:title>Summary of the annual report</dc:title>');
    expect(properties).toContain('<dc:language>en-US</dc:language>');
    expect(properties).not.toContain('dcterms:created');
  });

  it('writes the same bytes for the same report', async () => {
    const first = await writeDocx(fullReport, fullReportCitations);
    const second = await writeDocx(structuredClone(fullReport), fullReportCitations);

    expect(Buffer.compare(first, second)).toBe(0);
  });

  it.each([
    { tag: 'ar', languages: { 'w:val': 'en-US', 'w:bidi': 'ar-EG' } },
    { tag: 'he', languages: { 'w:val': 'en-US', 'w:bidi': 'he-IL' } },
  ])(
    'sets paragraphs in $tag from right to left, Latin names in them from left to right',
    async ({ tag, languages }) => {
      const text = tag === 'ar' ? 'عقد Kestrel Lines ينتهي.' : 'החוזה של Kestrel Lines מסתיים.';
      const report = reportWith({
        language: tag,
        blocks: [{ kind: 'paragraph', runs: [{ text }] }],
      });

      const parts = await write(report, []);

      const paragraph = parts.paragraphs().find((each) => textOf(each) === text);
      const runs = find(paragraph, 'w:r').map((run) => [textOf(run), find(run, 'w:rtl').length]);
      expect(find(paragraph, 'w:bidi')).toHaveLength(1);
      expect(runs).toEqual([
        [expect.any(String), 1],
        ['Kestrel Lines', 0],
        [expect.any(String), 1],
      ]);
      expect(parts.languages()).toEqual(languages);
    },
  );

  it.each([
    { tag: 'de', languages: { 'w:val': 'de-DE' } },
    { tag: 'en-GB', languages: { 'w:val': 'en-GB' } },
    { tag: 'ja', languages: { 'w:val': 'en-US', 'w:eastAsia': 'ja-JP' } },
    { tag: 'not a language', languages: { 'w:val': 'en-US' } },
  ])('knows $tag as the language of the document', async ({ tag, languages }) => {
    const parts = await write(reportWith({ language: tag }), []);

    expect(parts.languages()).toEqual(languages);
  });

  it('holds any text, without the characters that XML forbids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        const report = reportWith({
          title: text,
          blocks: [
            { kind: 'paragraph', runs: [{ text: `${text}\u0000\ud800\ufffe`, citations: ['c1'] }] },
          ],
        });

        const parts = await write(report, [citationWith({ quote: `x${text}` })]);

        expect(parts.notes().length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });

  const soffice = findSoffice();
  const withSoffice = soffice === undefined ? it.skip : it;
  withSoffice('opens in LibreOffice (skipped where soffice is not installed)', async () => {
    const bytes = await writeDocx(fullReport, fullReportCitations);

    const pages = await pdfPages(await convertToPdf(soffice ?? '', bytes));

    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('“Volume & margin < target > plan” — section “2 Finance”');
    expect(pages[0]).toContain('1 / 1');
  });
});

async function write(report: Report, citations: readonly Citation[]) {
  const archive = openZip(await writeDocx(report, citations));
  const bytes = (name: string) => archive.read(name) ?? new Uint8Array();
  const document = parseXml(bytes('word/document.xml'));
  const styles = parseXml(bytes('word/styles.xml'));
  // Every part must be well-formed, whatever the text.
  for (const name of archive.names) parseXml(bytes(name));
  return {
    text: (name: string) => new TextDecoder().decode(bytes(name)),
    body: (name: string) => find(document, name),
    paragraphs: () => find(document, 'w:p'),
    notes: () =>
      find(parseXml(bytes('word/footnotes.xml')), 'w:footnote').map((note) => ({
        id: note.attributes['w:id'],
        text: textOf(note),
      })),
    hasStyle: (id: string) =>
      find(styles, 'w:style').some((style) => style.attributes['w:styleId'] === id),
    languages: () => find(styles, 'w:lang')[0]?.attributes,
  };
}

function find(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...find(child, name),
  ]);
}

function textOf(element: XmlElement): string {
  return find(element, 'w:t')
    .map(({ text }) => text)
    .join('');
}
