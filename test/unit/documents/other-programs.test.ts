import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { redlineDocx, redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { samples } from '../../../scripts/office-check/samples.ts';
import { makeDocx, sourceFile } from '../../support/office-files.ts';
import { takeOfficeSteps } from '../../support/office-steps.ts';
import { pdfPages } from '../../support/pdf-text.ts';
import { readDocument } from '../../support/read-document.ts';
import { baseBody, baseTexts, redline, revisedTexts } from '../../support/sample-redline.ts';
import { findSoffice } from '../../support/soffice.ts';

const soffice = findSoffice();
const hasPandoc = spawnSync('pandoc', ['--version']).status === 0;
const describeWithOffice = soffice === undefined ? describe.skip : describe;
const describeWithPandoc = hasPandoc ? describe : describe.skip;
const redlined = redlineDocx(makeDocx({ body: baseBody }), redline);

describeWithOffice(
  `LibreOffice${soffice === undefined ? ' (skipped: soffice is absent)' : ''}`,
  () => {
    let files: ReadonlyMap<string, Uint8Array>;
    let saved: Record<'accepted' | 'rejected' | 'odt' | 'odp' | 'ods' | 'pdf', Uint8Array>;

    beforeAll(async () => {
      files = new Map((await samples()).map(({ name, bytes }) => [name, bytes]));
      const [accepted, rejected, odt, odp, ods, pdf] = await takeOfficeSteps(soffice ?? '', [
        { bytes: redlined, from: 'docx', to: 'docx', command: '.uno:AcceptAllTrackedChanges' },
        { bytes: redlined, from: 'docx', to: 'docx', command: '.uno:RejectAllTrackedChanges' },
        { bytes: file('report.docx'), from: 'docx', to: 'odt' },
        { bytes: file('deck.pptx'), from: 'pptx', to: 'odp' },
        { bytes: file('table.xlsx'), from: 'xlsx', to: 'ods' },
        { bytes: file('deck.pptx'), from: 'pptx', to: 'pdf' },
      ]);
      const none = new Uint8Array();
      saved = {
        accepted: accepted ?? none,
        rejected: rejected ?? none,
        odt: odt ?? none,
        odp: odp ?? none,
        ods: ods ?? none,
        pdf: pdf ?? none,
      };
    });
    const file = (name: string) => files.get(name) ?? new Uint8Array();

    it('makes the revised text of a redline that it accepts, and the base of one that it rejects', () => {
      expect(textsOf(saved.accepted)).toEqual(revisedTexts);
      expect(textsOf(saved.rejected)).toEqual(baseTexts);
    });

    it.each([
      ['report.docx', 'odt'],
      ['deck.pptx', 'odp'],
      ['table.xlsx', 'ods'],
    ] as const)('saves %s as %s with the texts that it had', async (name, format) => {
      const original = await read(name, file(name));
      const converted = await read(`converted.${format}`, saved[format]);

      expect(linesOf(converted)).toEqual(linesOf(original));
      expect(linesOf(original).length).toBeGreaterThan(5);
    });

    it('shows a deck that was written with a page for each slide and the texts of each', async () => {
      const pages = await pdfPages(saved.pdf);
      const { units, pageCount } = await read('deck.pptx', file('deck.pptx'));

      expect(pages).toHaveLength(pageCount ?? 0);
      for (const { kind, text, locator } of units) {
        // Values stand on no slide but as the height of a bar; notes are not printed.
        if (kind === 'chart' || kind === 'speaker-notes') continue;
        const slide = locator.kind === 'slide' ? locator.slide : 0;
        expect(lettersOf(pages[slide - 1] ?? '')).toContain(lettersOf(text));
      }
    });
  },
);

describeWithPandoc(`pandoc${hasPandoc ? '' : ' (skipped: pandoc is absent)'}`, () => {
  it('reads the revised text of a redline that it accepts, and the base of one that it rejects', () => {
    expect(wordsOf(pandoc('accept'))).toEqual(revisedTexts.flatMap(wordsOf));
    expect(wordsOf(pandoc('reject'))).toEqual(baseTexts.flatMap(wordsOf));
  });
});

function read(name: string, bytes: Uint8Array): Promise<Document> {
  return readDocument(sourceFile(name, bytes), DocumentFormat.options);
}

/** Without the empty paragraph that the program keeps in front of a table when it deletes the one that stands there. */
function textsOf(docx: Uint8Array): string[] {
  return redlineParagraphs(docx).flatMap(({ text }) => (text === '' ? [] : [text]));
}

/** Numbers of pages, which only a program that lays pages out has, and what XML does not allow aside. */
function linesOf({ units }: Document): string[] {
  return units
    .filter(({ kind }) => kind !== 'page-header' && kind !== 'page-footer')
    .map(({ marker = '', text }) => `${marker} ${text.replace(/[\s\p{Cc}]+/gu, ' ')}`.trim());
}

/** Right-to-left text stands in a PDF in the order in which it is drawn. */
function lettersOf(text: string): string {
  return text.replace(/[\s|]/g, '').replace(/\p{Script=Arabic}+/gu, '');
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}&,.]+/gu) ?? [];
}

function pandoc(changes: 'accept' | 'reject'): string {
  const options = ['-f', 'docx', '-t', 'plain', '--wrap=none', `--track-changes=${changes}`];
  const { stdout, status } = spawnSync('pandoc', options, { input: redlined, encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout;
}
