import { describe, expect, it } from '@jest/globals';
import { openDocxForEdit } from '#shared/documents/edit/docx.ts';
import type { EditableFile } from '#shared/documents/edit/segments.ts';
import { changedParts, partOf } from '../../../support/edit-files.ts';
import { makeDocx, paragraph, run } from '../../../support/office-files.ts';

const main = 'content/main.xml';

describe('Rewriting the text of a Word document in place', () => {
  it('makes one text of runs that differ in language and spelling alone', () => {
    const body = `<w:p><w:r w:rsidR="1"><w:t xml:space="preserve">The </w:t></w:r><w:proofErr w:type="spellStart"/>${run('offr', '<w:lang w:val="de"/><w:noProof/>')}<w:proofErr w:type="spellEnd"/></w:p>`;

    expect(textsOf(body)).toEqual(['The offr']);
  });

  it('tags what differs from the format that most characters have', () => {
    const body = `<w:p>${run('The fee is ')}${run('due', '<w:b/>')}${run(' at once')}<w:r><w:tab/></w:r></w:p>`;

    expect(textsOf(body)).toEqual(['The fee is <g1>due</g1> at once<x2/>']);
  });

  it('changes nothing but the characters that differ', () => {
    const body = paragraph('Dear reader') + paragraph('Kind regards', '<w:jc w:val="both"/>');
    const before = makeDocx({ body });

    const after = rewrite(before, { 'Dear reader': 'Dear lawyer & client' });

    expect(changedParts(before, after)).toEqual([main]);
    expect(partOf(after, main)).toBe(
      partOf(before, main).replace('Dear reader', 'Dear lawyer &amp; client'),
    );
  });

  it('is the same bytes without a new text', () => {
    const before = makeDocx({ body: paragraph('A &amp; B') });
    const file = openDocxForEdit(before);

    expect(file.write(textMap(file, (text) => text))).toBe(before);
  });

  it('moves what a tag stands for with its properties', () => {
    const body = `<w:p>${run('Pay ')}${run('now', '<w:b/>')}<w:r><w:tab/></w:r>${run('please')}</w:p>`;

    const after = rewrite(makeDocx({ body }), {
      'Pay <g1>now</g1><x2/>please': '<x2/><g1>Jetzt</g1> bitte zahlen',
    });

    expect(bodyOf(after)).toBe(
      '<w:p><w:r><w:tab/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Jetzt</w:t></w:r><w:r><w:rPr></w:rPr><w:t xml:space="preserve"> bitte zahlen</w:t></w:r></w:p>',
    );
  });

  it.each([
    ['is missing', 'Pay now'],
    ['comes twice', 'Pay <g1>a</g1><g1>b</g1>'],
    ['is not closed', 'Pay <g1>now'],
    ['is not opened', 'Pay now</g1>'],
    ['is of another kind', 'Pay <x1/>'],
    ['is of no segment', 'Pay <g1>now</g1><x7/>'],
  ])('refuses a text in which a tag %s', (_, text) => {
    const file = openDocxForEdit(
      makeDocx({ body: `<w:p>${run('Please pay ')}${run('now', '<w:i/>')}</w:p>` }),
    );

    expect(() => file.write(new Map([[`${main}#1`, text]]))).toThrow(
      expect.objectContaining({ code: 'tags_broken', details: { segmentId: `${main}#1` } }),
    );
  });

  it('refuses a tag that leaves the hyperlink it came in', () => {
    const link = `<w:hyperlink w:anchor="a">${run('our terms ')}${run('here', '<w:b/>')}</w:hyperlink>`;
    const file = openDocxForEdit(makeDocx({ body: `<w:p>${run('See ')}${link}</w:p>` }));

    expect(file.segments.map(({ text }) => text)).toEqual(['See <g1>our terms <g2>here</g2></g1>']);
    expect(() =>
      file.write(new Map([[`${main}#1`, 'See <g1>our terms</g1> <g2>here</g2>']])),
    ).toThrow(expect.objectContaining({ code: 'tags_broken' }));
  });

  it('refuses to turn the ends of a bookmark around', () => {
    const body = `<w:p>${run('One ')}<w:bookmarkStart w:id="1" w:name="b"/>${run('two')}<w:bookmarkEnd w:id="1"/>${run(' three')}</w:p>`;
    const file = openDocxForEdit(makeDocx({ body }));

    expect(file.segments[0]?.text).toBe('One <x1/>two<x2/> three');
    expect(() => file.write(new Map([[`${main}#1`, 'One <x2/>two<x1/> three']]))).toThrow(
      expect.objectContaining({ code: 'tags_broken' }),
    );
  });

  it('makes no tag of the place where the cursor was', () => {
    const body = `<w:p>${run('Para')}<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>${run('graph')}</w:p>`;

    expect(textsOf(body)).toEqual(['Paragraph']);
    expect(bodyOf(rewrite(makeDocx({ body }), { Paragraph: 'Absatz' }))).toContain('_GoBack');
  });

  it('makes elements of tabs, line ends and special hyphens', () => {
    const after = rewrite(makeDocx({ body: paragraph('x') }), {
      x: 'a\tb\r\nc\u2011d\u00ade \u0001',
    });

    expect(bodyOf(after)).toContain(
      '<w:t xml:space="preserve">a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t xml:space="preserve">e </w:t>',
    );
  });

  it('keeps white space at the ends of a text', () => {
    const after = rewrite(makeDocx({ body: '<w:p><w:r><w:t>x</w:t></w:r></w:p>' }), { x: ' y' });

    expect(bodyOf(after)).toBe('<w:p><w:r><w:t xml:space="preserve"> y</w:t></w:r></w:p>');
  });

  it('rewrites results of hyperlinks and not those that Word makes anew', () => {
    const body = `<w:p>${run('Page ')}${field('PAGE', run('3'))}${run(' of ')}<w:fldSimple w:instr="NUMPAGES">${run('9')}</w:fldSimple></w:p><w:p>${run('See ')}${field('HYPERLINK "https://example.org"', run('our site'))}</w:p>`;

    expect(textsOf(body)).toEqual(['Page <x1/> of <x2/>', 'See <g1>our site</g1>']);
  });

  it('leaves a table of contents alone over all of its paragraphs, and what follows it not', () => {
    const [begin, end] = field('TOC \\o', '|').split('|');
    const body = `<w:p>${begin ?? ''}${run('Chapter 1')}</w:p>${paragraph('Chapter 2')}<w:p>${end ?? ''}</w:p>${paragraph('Text')}`;

    expect(textsOf(body)).toEqual(['Text']);
  });

  it('does not let a field without an end swallow the rest', () => {
    const [begin] = field('TOC \\o', '|').split('|');

    expect(textsOf(`<w:p>${begin ?? ''}${run('A')}</w:p>${paragraph('B')}`)).toEqual(['A', 'B']);
  });

  it('rewrites insertions, and neither deletions nor hidden text', () => {
    const body = `<w:p>${run('It ')}<w:ins w:id="1">${run('may')}</w:ins><w:del w:id="2"><w:r><w:delText>must</w:delText></w:r></w:del>${run(' end')}${run('secret', '<w:vanish/>')}</w:p>`;

    expect(textsOf(body)).toEqual(['It <g1>may</g1><x2/> end']);
  });

  it('gives both versions of a text box the same text', () => {
    const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
    const body = `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${box('Note')}</mc:Choice><mc:Fallback><w:pict>${box('Note')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>${run('Around')}</w:p>`;
    const before = makeDocx({ body });

    const after = rewrite(before, { Note: 'Hinweis', '<x1/>Around': 'Rundum<x1/>' });

    expect(textsOf(body)).toEqual(['<x1/>Around', 'Note']);
    expect(bodyOf(after).match(/Hinweis/g)).toHaveLength(2);
    expect(bodyOf(after)).not.toContain('Note');
    expect(bodyOf(after).indexOf('Rundum')).toBeLessThan(bodyOf(after).indexOf('Hinweis'));
  });

  it('finds headers, notes, comments, descriptions and the title, each in its part', () => {
    const image = `<w:drawing><wp:docPr xmlns:wp="wp" id="1" name="Image" descr="A &quot;map&quot;"/></w:drawing>`;
    const before = makeDocx({
      body: `<w:p><w:r>${image}</w:r></w:p>`,
      headers: [paragraph('Draft')],
      footnotes: `<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>${run(' See below')}</w:p></w:footnote>`,
      title: 'Offer',
    });

    expect(openDocxForEdit(before).segments).toEqual([
      segment(`${main}#2`, ['alt-text', 'A "map"'], { part: 'body' }),
      segment('content/part0.xml#1', ['paragraph', '<x1/> See below'], { part: 'footnote' }),
      segment('content/part1.xml#1', ['paragraph', 'Draft'], { part: 'header', story: 1 }),
      segment('meta/core.xml#1', ['property', 'Offer'], { part: 'body' }),
    ]);
    const after = rewrite(before, { 'A "map"': 'Ein "Plan"\n<neu>' });
    expect(partOf(after, main)).toContain('descr="Ein &quot;Plan&quot;&#10;&lt;neu&gt;"');
  });

  it('keeps the encoding of a part and what layout stands between its elements', () => {
    const source = `\ufeff<?xml version="1.0" encoding="UTF-16"?>\r\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\n <w:body>\n  <w:p>\n   <w:r>\n    <w:t>Straße</w:t>\n   </w:r>\n  </w:p>\n </w:body>\n</w:document>`;
    const encode = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
    const before = makeDocx({ body: '', files: { [main]: encode(source) } });

    const after = rewrite(before, { Straße: 'Weg 🛣' });

    const expected = makeDocx({
      body: '',
      files: { [main]: encode(source.replace('Straße', 'Weg 🛣')) },
    });
    expect(changedParts(expected, after)).toEqual([]);
  });

  it('refuses a document type and an unknown segment', () => {
    const hostile = makeDocx({ body: '', files: { [main]: '<!DOCTYPE w [<!ENTITY a "b">]><w/>' } });

    expect(() => openDocxForEdit(hostile)).toThrow(
      expect.objectContaining({ code: 'xml_forbidden' }),
    );
    expect(() => openDocxForEdit(makeDocx({ body: '' })).write(new Map([['a#1', 'b']]))).toThrow(
      expect.objectContaining({ code: 'internal_error' }),
    );
  });
});

function field(instruction: string, result: string): string {
  const character = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${character('begin')}<w:r><w:instrText>${instruction}</w:instrText></w:r>${character('separate')}${result}${character('end')}`;
}

function textsOf(body: string): string[] {
  return openDocxForEdit(makeDocx({ body })).segments.map(({ text }) => text);
}

function textMap(file: EditableFile, change: (text: string) => string): Map<string, string> {
  return new Map(file.segments.map(({ id, text }) => [id, change(text)]));
}

/** New texts by the old ones. */
function rewrite(bytes: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const file = openDocxForEdit(bytes);
  return file.write(textMap(file, (text) => texts[text] ?? text));
}

function bodyOf(bytes: Uint8Array): string {
  return /<w:body>(.*)<\/w:body>/s.exec(partOf(bytes, main))?.[1] ?? '';
}

function segment(id: string, [kind, text]: readonly [string, string], place: object) {
  return { id, kind, text, place: { kind: 'docx', paragraph: 1, ...place } };
}
