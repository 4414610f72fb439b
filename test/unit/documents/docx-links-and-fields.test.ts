import { describe, expect, it } from '@jest/globals';
import { readDocx } from '#shared/documents/read/docx.ts';
import type { Unit } from '#shared/domain/document.ts';
import { cell } from '../../support/docx-content.ts';
import { linkedParts, outwardLink } from '../../support/docx-parts.ts';
import { docxFile, paragraph, run } from '../../support/office-files.ts';

const character = (type: string, more = '') =>
  `<w:r><w:fldChar w:fldCharType="${type}">${more}</w:fldChar></w:r>`;
const instruction = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
const field = (code: string, result: string) =>
  `${character('begin')}${instruction(code)}${character('separate')}${result}${character('end')}`;
const relationships = outwardLink('rId9', 'https://example.org/a?b=1');
const unitsOf = async (body: string, more = {}) =>
  (await readDocx(docxFile({ body, relationships, ...more }))).units;
const linked = ({ text, links = [] }: Unit) =>
  links.map(({ from, to, target }) => [text.slice(from, to), target]);

describe('readDocx: hyperlinks', () => {
  it('says which words lead where, in the text as collapsed', async () => {
    const body = `<w:p>${run('  See  ')}<w:hyperlink r:id="rId9" w:anchor="part">${run(' this  page ')}</w:hyperlink>${run(' or ')}<w:hyperlink w:anchor="_Ref1">${run('that')}</w:hyperlink></w:p>`;

    const [unit] = await unitsOf(body);

    expect(unit?.text).toBe('See this page or that');
    expect(unit && linked(unit)).toEqual([
      ['this page', 'https://example.org/a?b=1#part'],
      ['that', '#_Ref1'],
    ]);
  });

  it('reads the fields that link, also over paragraphs', async () => {
    const code = ' HYPERLINK \\l "mark" \\o "tip" "https://example.org" \\h ';
    const body = `<w:p>${run('a ')}<w:fldSimple w:instr='HYPERLINK x.html'>${run('b')}</w:fldSimple></w:p><w:p>${character('begin')}${instruction(code)}${character('separate')}${run('c')}</w:p><w:p>${run('d')}${character('end')}${run('e')}</w:p>`;

    expect((await unitsOf(body)).map(linked)).toEqual([
      [['b', 'x.html']],
      [['c', 'https://example.org#mark']],
      [['d', 'https://example.org#mark']],
    ]);
  });

  it('finds them in cells and notes, by the relationships of their part', async () => {
    const link = `<w:hyperlink r:id="rId9">${run('x')}</w:hyperlink>`;
    const note = {
      type: 'footnotes',
      root: 'w:footnotes',
      content: `<w:footnote w:id="1"><w:p>${link}</w:p></w:footnote>`,
      relationships: outwardLink('rId9', 'https://example.net'),
    };
    const table = `<w:tbl><w:tr>${cell(paragraph('a'), '<w:gridSpan w:val="2"/>')}${cell(`<w:p>${run('b ')}${link}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>`)}</w:tr></w:tbl>`;
    const parts = linkedParts([note]);

    const units = await unitsOf(table, {
      ...parts,
      relationships: relationships + parts.relationships,
    });

    expect(units.map(linked)).toEqual([
      [['x', 'https://example.org/a?b=1']],
      [['x', 'https://example.net']],
    ]);
  });

  it('leaves out links without text or target', async () => {
    const body = `<w:p>${run('a')}<w:hyperlink r:id="rId9"/><w:hyperlink r:id="rId1">${run('b')}</w:hyperlink>${field('HYPERLINK', run('c'))}</w:p>`;

    expect((await unitsOf(body))[0]).not.toHaveProperty('links');
  });
});

describe('readDocx: form fields and content controls', () => {
  const form = (data: string, result = '') =>
    `${character('begin', `<w:ffData>${data}</w:ffData>`)}${instruction(' FORM ')}${result}${character('end')}`;
  const list = (more: string) =>
    `<w:ddList>${more}<w:listEntry w:val="one"/><w:listEntry w:val="two"/></w:ddList>`;

  it.each([
    {
      name: 'a box that is checked',
      inline: form('<w:checkBox><w:checked/></w:checkBox>'),
      is: '☒',
    },
    {
      name: 'a box that is checked by default',
      inline: form('<w:checkBox><w:default w:val="1"/></w:checkBox>'),
      is: '☒',
    },
    {
      name: 'a box that is not',
      inline: form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'),
      is: '☐',
    },
    { name: 'the entry chosen in a list', inline: form(list('<w:result w:val="1"/>')), is: 'two' },
    { name: 'the first entry of a list', inline: form(list('')), is: 'one' },
    {
      name: 'a result before what was chosen',
      inline: form(list(''), character('separate') + run('shown')),
      is: 'shown',
    },
    {
      name: 'the placeholder of a content control, which is printed too',
      inline: `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('Choose a date')}</w:sdtContent></w:sdt>`,
      is: 'Choose a date',
    },
  ])('shows $name', async ({ inline, is }) => {
    expect((await unitsOf(`<w:p>${inline}</w:p>`))[0]?.text).toBe(is);
  });

  it('takes what a condition compares for code', async () => {
    const condition = `${character('begin')}${instruction('IF ')}${field('MERGEFIELD x', run('operand'))}${instruction(' = "1" "yes"')}${character('separate')}${run('yes')}${character('end')}`;

    expect((await unitsOf(`<w:p>${condition}</w:p>`)).map((unit) => unit.text)).toEqual(['yes']);
  });

  it('does not pile up fields that are never completed', async () => {
    const begun = character('begin').repeat(3000) + character('end').repeat(3000);

    const units = await unitsOf(`<w:p>${begun}${run('a')}</w:p>${paragraph('b')}`);

    expect(units.map((unit) => unit.text)).toEqual(['a', 'b']);
  });
});
