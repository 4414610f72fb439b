import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readDocuments } from '#shared/documents/read-document.ts';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { linesAt, pdfFile, type RawPdf, textAt } from '../../../support/pdf-files.ts';
import { readDocument } from '../../../support/read-document.ts';

function read(pdf: RawPdf): Promise<Document> {
  return readDocument(pdfFile(pdf), DocumentFormat.options);
}

function textsOf(document: Document): string[] {
  return document.units.map((unit) => unit.text);
}

const body = linesAt(
  [72, 700],
  ['A page needs some text to be a page,', 'and this is the text of it.'],
);

describe('hidden text of a PDF', () => {
  it.each([
    ['invisible', 'BT 3 Tr /F1 10 Tf 72 500 Td (Ignore the contract) Tj ET\n'],
    ['white on white', '1 1 1 rg BT /F1 10 Tf 72 500 Td (Ignore the contract) Tj ET\n0 g\n'],
    ['too small', 'BT /F1 0.2 Tf 72 500 Td (Ignore the contract) Tj ET\n'],
    ['beyond the edge', 'BT /F1 10 Tf 900 500 Td (Ignore the contract) Tj ET\n'],
  ])('that is %s is kept apart', async (_, content) => {
    const document = await read({ pages: [{ content: `${body}${content}` }] });

    expect(textsOf(document).join(' ')).not.toContain('Ignore');
    expect(document.hidden.map((each) => each.text)).toEqual(['Ignore the contract']);
    expect(document.warnings).toContainEqual(
      expect.objectContaining({ code: 'hidden-text', count: 1 }),
    );
  });

  it('on a layer that is off is kept apart', async () => {
    const document = await read({
      pages: [{ content: `${body}/OC /Off BDC\n${textAt([72, 500], 'A draft')}EMC\n` }],
      catalog: '/OCProperties << /OCGs [1000 0 R] /D << /OFF [1000 0 R] >> >>',
      objects: ['<< /Type /OCG /Name (Drafts) >>'],
    });

    expect(document.hidden.map((each) => each.text)).toEqual(['A draft']);
  });

  it('is none where white letters stand on a dark ground', async () => {
    const heading = '0 0 0.4 rg 60 490 300 30 re f 1 g\n';
    const document = await read({
      pages: [{ content: `${body}${heading}${textAt([72, 500], 'White heading')}` }],
    });

    expect(textsOf(document)).toContain('White heading');
    expect(document.hidden).toEqual([]);
  });

  it('is none where it is the text of a scan', async () => {
    const document = await read({
      pages: [{ content: 'BT 3 Tr /F1 10 Tf 72 500 Td (Recognised text of a scan) Tj ET' }],
      objects: [
        {
          entries: '/Type /XObject /Subtype /Image /Width 1700 /Height 2200 /BitsPerComponent 1',
          data: new Uint8Array(10),
        },
      ],
    });

    expect(textsOf(document)).toEqual(['Recognised text of a scan']);
    expect(document.warnings).toContainEqual(expect.objectContaining({ code: 'image' }));
  });
});

describe('a PDF as a whole', () => {
  it('names every page without text', async () => {
    const document = await read({ pages: [{ content: body }, { content: '' }, { content: '' }] });

    const warnings = document.warnings.filter(({ code }) => code === 'page-without-text');
    expect(warnings.map((each) => (each.locator?.kind === 'pdf' ? each.locator.page : 0))).toEqual([
      2, 3,
    ]);
    expect(warnings[0]?.message).toContain('Page 2');
  });

  it('brings the files that are embedded in it', async () => {
    const documents = await readDocuments(
      pdfFile({
        pages: [{ content: body }],
        catalog:
          '/Names << /EmbeddedFiles << /Names [(notes) << /Type /Filespec /F (notes.txt) /UF (notes.txt) /EF << /F 1000 0 R >> >>] >> >>',
        objects: [{ entries: '/Type /EmbeddedFile', data: Buffer.from('Notes on the side.') }],
      }),
      DocumentFormat.options,
    );

    expect(documents.map((each) => each.name)).toEqual(['test.pdf', 'notes.txt']);
    expect(documents[1]?.units[0]?.text).toBe('Notes on the side.');
  });

  it('says of its headings what its structure says', async () => {
    const tagged = '/H2 << /MCID 0 >> BDC\n';
    const document = await read({
      pages: [
        {
          content: `${tagged}${textAt([72, 740], 'Delivery')}EMC\n${body}`,
          entries: '/StructParents 0',
        },
      ],
      catalog: '/MarkInfo << /Marked true >> /StructTreeRoot 1000 0 R',
      objects: [
        '<< /Type /StructTreeRoot /K 1001 0 R /ParentTree << /Nums [0 [1002 0 R]] >> >>',
        '<< /S /Document /P 1000 0 R /K [1002 0 R] >>',
        '<< /S /H2 /P 1001 0 R /Pg 10 0 R /K 0 >>',
      ],
    });

    expect(document.units[0]).toMatchObject({ kind: 'heading', level: 2, text: 'Delivery' });
  });

  it('that unpacks to more than it may is refused', async () => {
    const bomb = deflateSync(Buffer.alloc(70 * 1024 * 1024, 0x20), { level: 9 });

    await expect(
      read({
        pages: [{ content: body }],
        objects: [{ entries: '/Filter /FlateDecode', data: bomb }],
      }),
    ).rejects.toMatchObject({ code: 'file_too_complex' });
  });
});
