import fc from 'fast-check';
import { makeDocx } from './office-files.ts';

const words = fc.constantFrom(
  'Der',
  'Vertrag',
  'endet',
  '1,000.50',
  '契約',
  'A&amp;B',
  '&lt;x&gt;',
  'naïve',
  '.',
  ' ',
);
const text = fc.array(words, { maxLength: 5 }).map((list) => list.join(' '));
const runProperties = fc.constantFrom('', '<w:b/>', '<w:i/><w:sz w:val="28"/>', '<w:vanish/>');

const plainRun = fc
  .tuple(runProperties, text)
  .map(
    ([own, content]) =>
      `<w:r><w:rPr>${own}</w:rPr><w:t xml:space="preserve">${content}</w:t></w:r>`,
  );

const unitRun = fc
  .constantFrom(
    '<w:tab/>',
    '<w:br/>',
    '<w:br w:type="page"/>',
    '<w:noBreakHyphen/>',
    '<w:sym w:font="Symbol" w:char="F0B3"/>',
    '<w:footnoteReference w:id="2"/>',
    '<w:t>before</w:t><w:tab/><w:t>behind</w:t>',
    '<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby>',
    '<w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict>',
  )
  .map((content) => `<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr>${content}</w:r>`);

const by = 'w:author="Someone else" w:date="2020-01-01T00:00:00Z"';

const marked = fc.constantFrom(
  '<w:bookmarkStart w:id="7" w:name="a"/>',
  '<w:bookmarkEnd w:id="7"/>',
  '<w:r><w:commentReference w:id="9"/></w:r>',
  `<w:ins w:id="3" ${by}><w:r><w:t xml:space="preserve">was inserted </w:t></w:r></w:ins>`,
  `<w:del w:id="4" ${by}><w:r><w:delText>was deleted</w:delText></w:r></w:del>`,
  `<w:moveTo w:id="5" ${by}><w:r><w:t>came here</w:t></w:r></w:moveTo>`,
  `<w:r><w:rPr><w:b/><w:rPrChange w:id="6" ${by}><w:rPr/></w:rPrChange></w:rPr><w:t>bolder</w:t></w:r>`,
  '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>',
);

const around = fc.oneof(plainRun, unitRun);
const wrapped = fc.oneof(
  around.map((run) => `<w:hyperlink w:anchor="a">${run}</w:hyperlink>`),
  around.map(
    (run) =>
      `<w:sdt><w:sdtPr><w:id w:val="8"/></w:sdtPr><w:sdtContent>${run}</w:sdtContent></w:sdt>`,
  ),
  around.map(
    (run) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
  ),
  fc.constantFrom(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
  ),
);

const paragraphProperties = fc.constantFrom(
  '',
  '<w:pPr/>',
  '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
  '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:b/></w:rPr></w:pPr>',
  `<w:pPr><w:rPr><w:ins w:id="1" ${by}/></w:rPr></w:pPr>`,
  `<w:pPr><w:rPr><w:del w:id="2" ${by}/></w:rPr></w:pPr>`,
);

const paragraph = fc
  .tuple(
    paragraphProperties,
    fc.array(fc.oneof(plainRun, plainRun, unitRun, marked, wrapped), { maxLength: 5 }),
  )
  .map(([own, runs]) =>
    own === '' && runs.length === 0 ? '<w:p/>' : `<w:p>${own}${runs.join('')}</w:p>`,
  );

const cell = fc
  .array(paragraph, { minLength: 1, maxLength: 2 })
  .map((content) => `<w:tc><w:tcPr><w:tcW w:w="100"/></w:tcPr>${content.join('')}</w:tc>`);

const table = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .map(
    (rows) => `<w:tbl>${rows.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`,
  );

/** Documents with runs, tabs, breaks, symbols, notes, fields, links, boxes, lists, tables and tracked changes of somebody else. */
export const randomDocx = fc
  .tuple(
    fc.array(fc.oneof({ weight: 4, arbitrary: paragraph }, { weight: 1, arbitrary: table }), {
      maxLength: 5,
    }),
    paragraph,
    paragraph,
  )
  .map(([blocks, last, note]) =>
    makeDocx({
      body: `${blocks.join('\n')}${last}<w:sectPr/>`,
      footnotes: `<w:footnote w:id="2">${note}</w:footnote>`,
      headers: ['<w:p><w:r><w:t>Head of the page</w:t></w:r></w:p>'],
    }),
  );

/** New texts for old ones. */
export const randomTexts = (texts: readonly string[]): fc.Arbitrary<string[]> =>
  fc.tuple(...texts.map((each) => randomText(each)));

function randomText(text: string): fc.Arbitrary<string> {
  const pieces = text.match(/\S+|\s/gu) ?? [];
  const edited = fc
    .tuple(
      ...pieces.map((piece) => fc.constantFrom(piece, piece, piece, '', 'new', `${piece} & more`)),
    )
    .map((list) => list.join(''));
  return fc.oneof(fc.constant(text), edited, fc.constantFrom('', 'All\tnew\nhere <1>'));
}
