import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import { cell, styled, textsOf, unitsOf, warningsOf } from '../../support/docx-content.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
const styles = `
  <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
  <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
  <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Klausel"><w:name w:val="Clause"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Inhalt"><w:name w:val="TOC Heading"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Kreis1"><w:name w:val="A"/><w:basedOn w:val="Kreis2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Kreis2"><w:name w:val="B"/><w:basedOn w:val="Kreis1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
  <w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
  <w:style w:type="character" w:styleId="Geheim"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>`;

async function textOf(inline: string): Promise<string | undefined> {
  return (await textsOf({ body: `<w:p>${inline}</w:p>`, styles }))[0];
}

describe('readDocx: kinds and places', () => {
  it('tells title, headings and other kinds by their styles, in any language', async () => {
    const body = [
      ['Bericht', 'Titel'],
      ['Inhaltsverzeichnis', 'Inhalt'],
      ['Eins', 'berschrift1'],
      ['Zwei', 'Eigen'],
      ['Drei', 'Klausel'],
      ['Text', 'Kreis1'],
      ['Abbildung', 'Beschriftung'],
      ['Wort', 'Zitat'],
      ['Ohne Formatvorlage', 'Heading2'],
    ] as const;

    const units = await unitsOf({
      body: body.map(([text, style]) => styled(text, style)).join(''),
      styles,
    });

    expect(units.map(({ kind, level, text }) => [kind, level, text])).toEqual([
      ['title', undefined, 'Bericht'],
      ['paragraph', undefined, 'Inhaltsverzeichnis'],
      ['heading', 1, 'Eins'],
      ['heading', 2, 'Zwei'],
      ['heading', 3, 'Drei'],
      ['paragraph', undefined, 'Text'],
      ['caption', undefined, 'Abbildung'],
      ['quote', undefined, 'Wort'],
      ['heading', 2, 'Ohne Formatvorlage'],
    ]);
    expect(units[5]?.locator.headingPath).toEqual(['Eins', 'Zwei', 'Drei']);
  });

  it('takes the outline level of a paragraph for a heading, unless the text is long', async () => {
    const level = (value: number) => `<w:outlineLvl w:val="${value}"/>`;
    const own = `<w:pStyle w:val="berschrift1"/>${level(9)}`;
    const body = [
      paragraph('By hand', level(1)),
      paragraph('Body text', level(9)),
      paragraph('Not any more', own),
      paragraph('Long '.repeat(70), level(0)),
    ];

    const units = await unitsOf({ body: body.join(''), styles });

    expect(units.map((unit) => [unit.kind, unit.level])).toEqual([
      ['heading', 2],
      ['paragraph', undefined],
      ['paragraph', undefined],
      ['paragraph', undefined],
    ]);
  });

  it('counts every paragraph of the part, those without text or never read included', async () => {
    const body = `${paragraph('')}${paragraph('a')}<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${box('b')}</mc:Choice><mc:Fallback>${box('b')}</mc:Fallback></mc:AlternateContent></w:r></w:p>${paragraph('c')}`;

    const units = await unitsOf({ body });

    expect(units.map((unit) => [unit.text, unit.locator])).toEqual([
      ['a', { kind: 'docx', part: 'body', paragraph: 2, headingPath: [] }],
      ['b', { kind: 'docx', part: 'body', paragraph: 4, headingPath: [] }],
      ['c', { kind: 'docx', part: 'body', paragraph: 6, headingPath: [] }],
    ]);
  });

  const pageBreak = '<w:r><w:br w:type="page"/></w:r>';
  const laidOut = '<w:r><w:lastRenderedPageBreak/></w:r>';
  const pagesOf = async (body: string) =>
    (await unitsOf({ body })).map(({ locator }) => 'page' in locator && locator.page);

  it('follows the pages where Word laid them out, and counts a break once', async () => {
    const body = `${paragraph('1')}<w:p>${pageBreak}</w:p><w:p>${laidOut}${run('2')}</w:p><w:p>${run('2')}${laidOut}${run('3')}</w:p>${paragraph('4', '<w:pageBreakBefore/>')}`;

    expect(await pagesOf(body)).toEqual([1, 2, 2, 4]);
  });

  it('counts a break through a row of a table once', async () => {
    const broken = cell(`<w:p>${run('1')}${laidOut}${run('2')}</w:p>`);

    expect(
      await pagesOf(`<w:tbl><w:tr>${broken}${broken}</w:tr></w:tbl>${paragraph('2')}`),
    ).toEqual([1, 2]);
  });

  it('does not guess pages where Word did not lay them out', async () => {
    expect(await pagesOf(`<w:p>${pageBreak}${run('2')}</w:p>`)).toEqual([false]);
  });

  it.each([
    { name: 'the properties', title: 'Property', body: styled('Styled', 'Titel'), is: 'Property' },
    {
      name: 'the title paragraph',
      title: ' ',
      body: styled('One', 'berschrift1') + styled('Styled', 'Titel'),
      is: 'Styled',
    },
    { name: 'the first heading', title: '', body: styled('One', 'berschrift1'), is: 'One' },
    { name: 'nowhere', title: '', body: paragraph('Text'), is: undefined },
  ])('takes the title from $name', async ({ title, body, is }) => {
    expect((await readDocx(docxFile({ title, body, styles }))).title).toBe(is);
  });
});

describe('readDocx: text of a paragraph', () => {
  it.each([
    {
      name: 'tabs and breaks as spaces',
      inline: '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>',
      is: 'a b c',
    },
    {
      name: 'hyphens',
      inline: '<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>',
      is: 'a-bc',
    },
    {
      name: 'symbols',
      inline:
        '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
      is: 'α✓',
    },
    {
      name: 'high digits',
      inline: run('10') + run('6', '<w:vertAlign w:val="superscript"/>'),
      is: '10⁶',
    },
    {
      name: 'hyperlinks',
      inline: `<w:hyperlink r:id="rId9">${run('link')}</w:hyperlink>`,
      is: 'link',
    },
    {
      name: 'content controls',
      inline: `<w:sdt><w:sdtPr><w:tab/></w:sdtPr><w:sdtContent>${run('filled')}</w:sdtContent></w:sdt>`,
      is: 'filled',
    },
    { name: 'insertions', inline: `<w:ins>${run('new')}</w:ins>`, is: 'new' },
    {
      name: 'moved text where it went',
      inline: `<w:moveFrom>${run('x')}</w:moveFrom>${run('y')}<w:moveTo>${run('x')}</w:moveTo>`,
      is: 'yx',
    },
    {
      name: 'simple fields',
      inline: `<w:fldSimple w:instr=" PAGE ">${run('7')}</w:fldSimple>`,
      is: '7',
    },
    {
      name: 'results of fields, also of nested ones',
      inline: `${field('begin')}<w:r><w:instrText>IF </w:instrText></w:r>${field('begin')}${run('inner')}${field('separate')}${run('condition')}${field('end')}${field('separate')}${run('result')}${field('end')}${run(' after')}`,
      is: 'result after',
    },
    {
      name: 'equations',
      inline:
        '<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>',
      is: '(a+b)/2',
    },
    {
      name: 'ruby without its reading',
      inline: `<w:r><w:ruby><w:rt>${run('toukyou')}</w:rt><w:rubyBase>${run('東京')}</w:rubyBase></w:ruby></w:r>`,
      is: '東京',
    },
    {
      name: 'no hidden text',
      inline:
        run('a') +
        run('b', '<w:vanish/>') +
        run('c', '<w:rStyle w:val="Geheim"/>') +
        run('d', '<w:rStyle w:val="Geheim"/><w:vanish w:val="0"/>'),
      is: 'ad',
    },
  ])('reads $name', async ({ inline, is }) => {
    expect(await textOf(inline)).toBe(is);
  });

  it('loses nothing in or behind a field that was never completed', async () => {
    const body = `<w:p>${field('begin')}${run('unfinished')}</w:p>${paragraph('next')}`;

    expect(await textsOf({ body })).toEqual(['unfinished', 'next']);
  });

  it('joins a large first letter with its word', async () => {
    const body = paragraph('W', '<w:framePr w:dropCap="drop"/>') + paragraph('ord');

    expect(await textsOf({ body })).toEqual(['Word']);
    expect(await textsOf({ body: paragraph('W', '<w:framePr w:dropCap="drop"/>') })).toEqual(['W']);
  });

  it('reads blocks in content controls', async () => {
    const body = `<w:sdt><w:sdtContent>${paragraph('a')}<w:sdt><w:sdtContent>${paragraph('b')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>`;

    expect(await textsOf({ body })).toEqual(['a', 'b']);
  });

  it('reads a text box once, behind the paragraph that holds it', async () => {
    const drawn = `<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box('boxed')}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>${box('boxed')}</v:textbox></mc:Fallback></mc:AlternateContent>`;

    expect(
      await textsOf({ body: `<w:p>${run('before')}<w:r>${drawn}</w:r>${run(', after')}</w:p>` }),
    ).toEqual(['before, after', 'boxed']);
  });
});

describe('readDocx: what is left out', () => {
  it.each([
    {
      name: 'hidden text',
      body: `<w:p>${run('a')}${run('b', '<w:vanish/>')}</w:p>`,
      warning: ['hidden-text', 1],
    },
    {
      name: 'deleted text',
      body: '<w:p><w:del><w:r><w:delText>a</w:delText></w:r></w:del><w:del><w:r/></w:del></w:p>',
      warning: ['deleted-text', 1],
    },
    {
      name: 'images',
      body: '<w:p><w:r><pic:pic/><v:imagedata/></w:r></w:p>',
      warning: ['image', 2],
    },
    {
      name: 'objects',
      body: '<w:p><w:r><w:object><v:imagedata/></w:object></w:r></w:p>',
      warning: ['embedded-object', 1],
    },
    {
      name: 'charts',
      body: '<w:p><w:r><c:chart r:id="rId9"/></w:r></w:p>',
      warning: ['unsupported-part', 1],
    },
    {
      name: 'imported documents',
      body: '<w:altChunk r:id="rId9"/>',
      warning: ['unsupported-part', 1],
    },
    {
      name: 'readings above characters',
      body: `<w:p><w:r><w:ruby><w:rt>${run('a')}</w:rt><w:rubyBase>${run('b')}</w:rubyBase></w:ruby></w:r></w:p>`,
      warning: ['unsupported-part', 1],
    },
    {
      name: 'text outside of paragraphs',
      body: run('a'),
      warning: ['malformed', 1],
    },
  ])('counts $name', async ({ body, warning }) => {
    expect(await warningsOf({ body })).toEqual([warning]);
  });

  it('follows no relationship out of the file', async () => {
    const relationships =
      '<Relationship Id="rId8" Type="x/header" Target="main.xml" TargetMode="External"/><Relationship Id="rId9" Type="x/footer" Target="../../../../etc/passwd"/>';

    expect(await warningsOf({ body: paragraph('Text'), relationships })).toEqual([]);
  });
});
