import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { writeDocxInto } from '#shared/documents/write/docx-into.ts';
import {
  type DocxParts,
  docxFile,
  makeDocx,
  paragraph,
  sourceFile,
  zipOf,
} from '../../../support/office-files.ts';
import { brokenLinks, elementsOf, partsOf, untypedParts } from '../../../support/office-parts.ts';
import {
  citationWith,
  fullReport,
  fullReportCitations,
  reportWith,
} from '../../../support/reports.ts';

const section =
  '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>';
const styles =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>';

describe('writeDocxInto', () => {
  it('puts the report in the place of the text, in the styles of the template', async () => {
    const file = await into({ body: `${paragraph('Old text')}${section}`, styles });

    const texts = (await readDocx(sourceFile('out.docx', file))).units.map(({ text }) => text);
    expect(texts).toContain('Key points');
    expect(texts).not.toContain('Old text');
    const parts = partsOf(file);
    const used = elementsOf(parts.root('content/main.xml'), 'pStyle').map(
      ({ attributes }) => attributes['w:val'],
    );
    expect(used).toContain('berschrift1');
    expect(used).not.toContain('Heading1');
    expect(elementsOf(parts.root('content/main.xml'), 'sectPr')).toHaveLength(1);
    expect(brokenLinks(parts)).toEqual([]);
    expect(untypedParts(parts).filter((name) => !name.endsWith('.rels'))).toEqual([]);
  });

  it('adds the styles that the template has not, based on its own', async () => {
    const file = await into({ body: section, styles });

    const all = elementsOf(partsOf(file).root('content/part0.xml'), 'style');
    const ids = all.map(({ attributes }) => attributes['w:styleId']);
    expect(ids).toEqual(
      expect.arrayContaining(['Notice', 'TableCell', 'FootnoteText', 'Heading2']),
    );
    expect(ids).not.toContain('Heading1');
    expect(new Set(ids).size).toBe(ids.length);
    const bases = all.flatMap((style) => elementsOf(style, 'basedOn'));
    expect(bases.every(({ attributes }) => ids.includes(attributes['w:val']))).toBe(true);
  });

  it('fills in fields, also where they are shared out over runs, and keeps what stands around', async () => {
    const split =
      '<w:p><w:r><w:t>Minutes of {{ti</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>tle}} on {{date}}, {{unknown}}</w:t></w:r></w:p>';
    const file = await into(
      {
        body: `${split}${paragraph('{{content}}')}${paragraph('Signed')}${section}`,
        styles,
        headers: [paragraph('{{title}} – internal')],
      },
      { date: 'A & B' },
    );

    const { units } = await readDocx(sourceFile('out.docx', file));
    const texts = units.map(({ text }) => text);
    expect(texts[0]).toBe('Minutes of Summary of the annual report on A & B, {{unknown}}');
    expect(texts).toContain('Key points');
    expect(texts).toContain('Signed');
    expect(texts.filter((text) => text === 'Summary of the annual report')).toEqual([]);
    expect(
      partsOf(file)
        .names.map((name) => partsOf(file).text(name))
        .join(''),
    ).toContain('Summary of the annual report – internal');
  });

  it('seeks no field in the report', async () => {
    const report = reportWith({
      blocks: [{ kind: 'paragraph', runs: [{ text: 'A {{date}} $& {{content}}' }] }],
    });

    const file = await writeDocxInto(
      makeDocx({ body: section, styles }),
      { report, fields: { date: 'x' } },
      [],
    );

    const { units } = await readDocx(sourceFile('out.docx', file));
    expect(units.map(({ text }) => text)).toContain('A {{date}} $& {{content}}');
  });

  it('adds footnotes and lists to those of the template, in the order of the text', async () => {
    const note = (id: number, text: string) =>
      `<w:footnote w:id="${id}">${paragraph(text)}</w:footnote>`;
    const mark = (id: number) =>
      `<w:p><w:r><w:t>mark</w:t><w:footnoteReference w:id="${id}"/></w:r></w:p>`;
    const numbering =
      '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl></w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>';
    const file = await into({
      body: `${mark(5)}${paragraph('{{content}}')}${mark(3)}${section}`,
      styles,
      numbering,
      footnotes: note(3, 'last') + note(4, 'unused') + note(5, 'first'),
    });

    const parts = partsOf(file);
    const notes = parts.names
      .map((name) => (name.endsWith('.xml') ? parts.root(name) : undefined))
      .find((root) => root?.name === 'w:footnotes');
    const texts =
      notes === undefined
        ? []
        : elementsOf(notes, 'footnote').map((each) =>
            elementsOf(each, 't')
              .map(({ text }) => text)
              .join('')
              .trim(),
          );
    expect(texts[0]).toBe('first');
    expect(texts.slice(1, 4).every((text) => text.startsWith('“'))).toBe(true);
    expect(texts.slice(4)).toEqual(['last']);
    const { units } = await readDocx(sourceFile('out.docx', file));
    const labels = units.flatMap(({ kind, text }) => (kind === 'list-item' ? [text] : []));
    expect(labels.join('|')).toContain('Decision one');
  });

  it('leaves other parts byte for byte, and is the same every time', async () => {
    const given = {
      body: section,
      styles,
      headers: [paragraph('Letterhead')],
      files: { 'content/media/logo.png': new Uint8Array([1, 2, 3]) },
    };
    const template = makeDocx(given);

    const [first, second] = [await into(given), await into(given)];

    expect(first).toEqual(second);
    const [before, after] = [partsOf(template), partsOf(first)];
    for (const name of ['content/media/logo.png', 'meta/core.xml', 'meta/app.xml']) {
      expect(after.bytes(name)).toEqual(before.bytes(name));
    }
    expect(after.text('content/part1.xml')).toBe(before.text('content/part1.xml'));
  });

  it('makes tables as wide as the text of the template', async () => {
    const file = await into({ body: section, styles });

    const [width] = elementsOf(partsOf(file).root('content/main.xml'), 'tblW');
    expect(width?.attributes['w:w']).toBe('9360');
  });

  it('gives a document where it takes a template, and no macros', async () => {
    const file = await into({
      body: section,
      styles,
      mainContentType: 'application/vnd.ms-word.template.macroEnabledTemplate.main+xml',
      relationships:
        '<Relationship Id="rIdMacro" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
      files: { 'content/vbaProject.bin': 'macro' },
    });

    const parts = partsOf(file);
    expect(parts.text('[Content_Types].xml')).toContain('wordprocessingml.document.main+xml');
    expect(parts.names).not.toContain('content/vbaProject.bin');
  });

  it.each([
    ['another kind of file', zipOf({ 'a.txt': 'x' })],
    ['a file in the strict form', strictFile()],
  ])('refuses %s', async (_, template) => {
    await expect(
      writeDocxInto(template, { report: reportWith() }, [citationWith()]),
    ).rejects.toMatchObject({ code: 'unsupported_format' });
  });
});

function into(parts: DocxParts, fields: Record<string, string> = {}): Promise<Uint8Array> {
  return writeDocxInto(makeDocx(parts), { report: fullReport, fields }, fullReportCitations);
}

function strictFile(): Uint8Array {
  const parts = partsOf(docxFile({ body: section }).bytes);
  const files = parts.names.map((name) => [
    name,
    parts
      .text(name)
      .replaceAll(
        'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
        'http://purl.oclc.org/ooxml/wordprocessingml/main',
      ),
  ]);
  return zipOf(Object.fromEntries(files));
}
