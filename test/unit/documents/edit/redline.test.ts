import { describe, expect, it } from '@jest/globals';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineDocx, redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { openPackage } from '#shared/documents/opc.ts';
import { readDocx } from '#shared/documents/read/docx.ts';
import { openZip } from '#shared/documents/zip.ts';
import type { RedlineChange } from '#shared/domain/redline.ts';
import { wordChanges } from '#shared/workflows/word-changes.ts';
import { cell, row } from '../../../support/docx-content.ts';
import { makeDocx, paragraph, run, sourceFile } from '../../../support/office-files.ts';
import { byline, redlineFromTexts } from '../../../support/redline-texts.ts';

const body = (number: number) => ({ part: 'body' as const, paragraph: number });
const textsOf = (bytes: Uint8Array) => redlineParagraphs(bytes).map(({ text }) => text);
const partOf = (bytes: Uint8Array, name = 'content/main.xml') =>
  new TextDecoder().decode(openPackage(bytes)?.read(name));
const redline = (base: Uint8Array, ...changes: RedlineChange[]) =>
  redlineDocx(base, { ...byline, changes });
const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

describe('redlineDocx', () => {
  it('is read by the reader as the revised text', async () => {
    const base = makeDocx({
      body: paragraph('The rent is 1,000 a month.') + paragraph('It ends.'),
    });
    const revised = ['The rent is 1,200 a month.', 'It never ends.', 'Or so.'];
    const result = redlineDocx(base, redlineFromTexts(base, revised));
    const { units } = await readDocx(sourceFile('a.docx', result));

    expect(units.map(({ text }) => text)).toEqual(revised);
  });

  it('splits runs and keeps the properties of each piece', () => {
    const base = makeDocx({
      body: `<w:p>${run('one two ', '<w:b/>')}${run('three', '<w:i/>')}</w:p>`,
    });
    const result = partOf(
      redline(base, {
        kind: 'rewrite',
        at: body(1),
        operations: [
          { kind: 'keep', text: 'one ' },
          { kind: 'delete', text: 'two th' },
          { kind: 'insert', text: '2\t&' },
          { kind: 'keep', text: 'ree' },
        ],
      }),
    );
    const date = 'w:author="Quire &amp; Co" w:date="2026-11-21T12:00:00Z"';

    expect(result).toContain(
      '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">one </w:t></w:r>' +
        `<w:del w:id="1" ${date}><w:r><w:rPr><w:b/></w:rPr><w:delText xml:space="preserve">two </w:delText></w:r>` +
        '<w:r><w:rPr><w:i/></w:rPr><w:delText xml:space="preserve">th</w:delText></w:r></w:del>' +
        `<w:ins w:id="2" ${date}><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">2</w:t><w:tab/><w:t xml:space="preserve">&amp;</w:t></w:r></w:ins>` +
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">ree</w:t></w:r>',
    );
  });

  it('keeps what has no text at the edge of a deletion and tracks it as deleted inside of one', () => {
    const image = '<w:r><w:drawing/></w:r>';
    const base = makeDocx({ body: `<w:p>${run('a')}${image}${run('b')}${image}${run('c')}</w:p>` });
    const operations = [
      { kind: 'delete' as const, text: 'ab' },
      { kind: 'keep' as const, text: 'c' },
    ];
    const result = redline(base, { kind: 'rewrite', at: body(1), operations });

    expect(countOf(partOf(acceptAll(result)), /<w:drawing\/>/g)).toBe(1);
    expect(countOf(partOf(rejectAll(result)), /<w:drawing\/>/g)).toBe(2);
  });

  it('puts a text beside a link and behind a mark of a note, not into them', () => {
    const base = makeDocx({
      body: `<w:p>${run('See')}<w:r><w:footnoteReference w:id="2"/></w:r><w:hyperlink w:anchor="x">${run('link')}</w:hyperlink></w:p>`,
    });
    const insert = (text: string) => ({ kind: 'insert' as const, text });
    const operations = [
      { kind: 'keep' as const, text: 'See' },
      insert(', here: '),
      { kind: 'keep' as const, text: 'link' },
      insert(' end'),
    ];
    const result = partOf(acceptAll(redline(base, { kind: 'rewrite', at: body(1), operations })));

    expect(result.replace(/<w:rPr><\/w:rPr>/g, '')).toContain(
      '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve">, here: </w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve">link</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> end</w:t></w:r></w:p>',
    );
  });

  it('marks both ends of a move with one name and shows what is edited at the new place', () => {
    const base = makeDocx({
      body: ['One', 'Two', 'Three'].map((each) => paragraph(each)).join(''),
    });
    const result = redline(base, {
      kind: 'move-paragraph',
      at: body(1),
      place: { after: body(2) },
      operations: wordChanges('One', 'One more'),
      comment: 'Moved down',
    });
    const text = partOf(result);

    expect(
      [...text.matchAll(/<w:move(From|To)RangeStart [^>]*w:name="(\w+)"/g)].map(([, end, name]) => [
        end,
        name,
      ]),
    ).toEqual([
      ['From', 'move1'],
      ['To', 'move1'],
    ]);
    expect(textsOf(acceptAll(result))).toEqual(['Two', 'One more', 'Three']);
    expect(textsOf(rejectAll(result))).toEqual(['One', 'Two', 'Three']);
  });

  it('puts rows in and takes rows out', () => {
    const base = makeDocx({
      body: `<w:tbl>${row(['a', 'b'])}${row(['c', 'd'])}<w:tr>${cell(paragraph('e'))}</w:tr></w:tbl>${paragraph('end')}`,
    });
    const result = redline(
      base,
      { kind: 'delete-row', at: body(3) },
      { kind: 'insert-row', place: { after: body(1) }, cells: [['x'], ['y', 'z']] },
    );

    expect(textsOf(acceptAll(result))).toEqual(['a', 'b', 'x', 'y', 'z', 'e', 'end']);
    expect(partOf(result)).toMatch(/<w:trPr><w:ins [^>]*\/><\/w:trPr>/);
    expect(partOf(result)).toMatch(/<w:trPr><w:del [^>]*\/><\/w:trPr>/);
    const withoutEmpty = (text: string) => text.replace(/<w:(trPr|pPr)><\/w:\1>/g, '');
    expect(withoutEmpty(partOf(rejectAll(result)))).toBe(withoutEmpty(partOf(base)));
  });

  it('keeps the properties of the last paragraph when one is put behind it and rejected', () => {
    const base = makeDocx({
      body:
        paragraph('First', '<w:pStyle w:val="A"/>') + paragraph('Last', '<w:pStyle w:val="B"/>'),
    });
    const paragraphs = [{ text: 'New', like: body(1) }];
    const result = redline(base, {
      kind: 'insert-paragraphs',
      place: { after: body(2) },
      paragraphs,
    });

    expect(partOf(rejectAll(result))).toBe(partOf(base));
    expect(partOf(acceptAll(result))).toMatch(/"B"\/>.*Last.*"A"\/>.*New/);
  });

  it('adds a remark to those that are there, and makes the part where there are none', () => {
    const made = makeDocx({ body: paragraph('Some text') });
    const comments = [
      { at: body(1), range: { from: 0, to: 4 }, text: 'First\nline & more' },
      { at: body(1), text: 'All' },
    ];
    const once = redlineDocx(made, { ...byline, changes: [], comments });
    const twice = redlineDocx(once, { ...byline, changes: [], comments });
    const file = openPackage(twice);
    const remarks = partOf(twice, 'content/comments.xml');

    expect(file?.contentTypeOf('content/comments.xml')).toContain('comments+xml');
    expect(
      file?.relationshipsOf('content/main.xml').filter(({ type }) => type === 'comments'),
    ).toHaveLength(1);
    expect([...remarks.matchAll(/<w:comment w:id="(\d+)"/g)].map(([, id]) => id)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(remarks).toContain('line &amp; more');
    expect(countOf(partOf(twice), /<w:commentReference /g)).toBe(4);
    expect(textsOf(twice)).toEqual(['Some text']);
  });

  it('leaves parts that nothing is said about as they are', () => {
    const base = makeDocx({
      body: paragraph('a'),
      headers: [paragraph('head')],
      styles: '',
      settings: '',
    });
    const result = redline(base, {
      kind: 'rewrite',
      at: body(1),
      operations: wordChanges('a', 'b'),
    });
    const [before, after] = [openZip(base), openZip(result)];
    const changed = before.names.filter(
      (name) => !Buffer.from(before.read(name) ?? []).equals(after.read(name) ?? Buffer.of()),
    );

    expect(after.names).toEqual(before.names);
    expect(changed).toEqual(['content/main.xml']);
  });

  it('writes into a part whose names have no prefix', () => {
    const base = makeDocx({
      body: '',
      files: {
        'content/main.xml':
          '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>a b</t></r></p></body></document>',
      },
    });
    const result = redline(base, {
      kind: 'rewrite',
      at: body(1),
      operations: wordChanges('a b', 'a c'),
    });

    expect(textsOf(acceptAll(result))).toEqual(['a c']);
    expect(partOf(result)).toContain('<qw:del qw:id="1"');
  });

  it('refuses a change in a box whose paragraph goes, and a new text in a row that goes', () => {
    const box = `<w:r><w:pict><w:txbxContent>${paragraph('in a box')}</w:txbxContent></w:pict></w:r>`;
    const base = makeDocx({ body: `<w:p>${box}</w:p><w:tbl>${row(['a'])}${row(['b'])}</w:tbl>` });
    const paragraphs = [{ text: 'new', like: body(3) }];

    expect(() =>
      redline(
        base,
        { kind: 'delete-paragraph', at: body(1) },
        { kind: 'rewrite', at: body(2), operations: wordChanges('in a box', 'x') },
      ),
    ).toThrow('Expected no change within');
    expect(() =>
      redline(
        base,
        { kind: 'delete-row', at: body(3) },
        { kind: 'insert-paragraphs', place: { after: body(3) }, paragraphs },
      ),
    ).toThrow('Expected no change within');
  });

  it.each<[string, RedlineChange]>([
    ['an unknown paragraph', { kind: 'delete-paragraph', at: body(9) }],
    ['an unknown part', { kind: 'delete-paragraph', at: { part: 'endnote', paragraph: 1 } }],
    ['a row outside of tables', { kind: 'delete-row', at: body(1) }],
    ['another text', { kind: 'rewrite', at: body(1), operations: [{ kind: 'keep', text: 'b' }] }],
    [
      'a place in another part',
      { kind: 'move-paragraph', at: body(1), place: { after: { part: 'header', paragraph: 1 } } },
    ],
  ])('refuses %s', (_, change) => {
    const base = makeDocx({ body: paragraph('a'), headers: [paragraph('h')] });

    expect(() => redline(base, change)).toThrow(
      expect.objectContaining({ code: 'internal_error' }),
    );
  });
});
