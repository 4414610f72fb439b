import { describe, expect, it } from '@jest/globals';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineDocx, redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { openPackage } from '#shared/documents/opc.ts';
import { makeDocx } from '../../../support/office-files.ts';
import { baseBody, baseTexts, redline, revisedTexts } from '../../../support/sample-redline.ts';

const by = 'w:author="Quire &amp; Co" w:date="2026-11-21T12:00:00Z"';

/** What `w:body` must hold, a paragraph or a row a line. Written down once, read by people, and changed only on purpose. */
const golden = [
  '<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r>' +
    '<w:commentRangeStart w:id="3"/><w:r><w:t xml:space="preserve">rent</w:t></w:r><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>' +
    '<w:r><w:t xml:space="preserve"> is </w:t></w:r>' +
    `<w:del w:id="4" ${by}><w:r><w:rPr><w:b/></w:rPr><w:delText xml:space="preserve">1,000</w:delText></w:r></w:del>` +
    `<w:ins w:id="5" ${by}><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">1,200</w:t></w:r></w:ins>` +
    '<w:r><w:t xml:space="preserve"> a month.</w:t></w:r></w:p>',
  `<w:p><w:pPr><w:keepNext/><w:rPr><w:moveFrom w:id="7" ${by}/></w:rPr></w:pPr>` +
    `<w:moveFromRangeStart w:id="1" ${by} w:name="move1"/><w:moveFrom w:id="6" ${by}><w:r><w:t>Second is moved.</w:t></w:r></w:moveFrom></w:p>`,
  '<w:moveFromRangeEnd w:id="1"/>',
  `<w:p><w:pPr><w:rPr><w:del w:id="9" ${by}/></w:rPr></w:pPr>` +
    `<w:del w:id="8" ${by}><w:r><w:delText>Third is struck out.</w:delText></w:r></w:del></w:p>`,
  '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc></w:tr>',
  `<w:tr><w:trPr><w:ins w:id="14" ${by}/></w:trPr>` +
    `<w:tc><w:p><w:pPr><w:rPr><w:ins w:id="10" ${by}/></w:rPr></w:pPr><w:ins w:id="11" ${by}><w:r><w:t xml:space="preserve">Pens</w:t></w:r></w:ins></w:p></w:tc>` +
    `<w:tc><w:p><w:pPr><w:rPr><w:ins w:id="12" ${by}/></w:rPr></w:pPr><w:ins w:id="13" ${by}><w:r><w:t xml:space="preserve">2</w:t></w:r></w:ins></w:p></w:tc></w:tr>`,
  `<w:tr><w:trPr><w:del w:id="15" ${by}/></w:trPr>` +
    `<w:tc><w:p><w:pPr><w:rPr><w:del w:id="17" ${by}/></w:rPr></w:pPr><w:del w:id="16" ${by}><w:r><w:delText>Ink</w:delText></w:r></w:del></w:p></w:tc>` +
    `<w:tc><w:p><w:pPr><w:rPr><w:del w:id="19" ${by}/></w:rPr></w:pPr><w:del w:id="18" ${by}><w:r><w:delText>3</w:delText></w:r></w:del></w:p></w:tc></w:tr></w:tbl>`,
  `<w:p><w:pPr><w:rPr><w:ins w:id="20" ${by}/></w:rPr></w:pPr><w:ins w:id="21" ${by}><w:r><w:t xml:space="preserve">New &amp; first.</w:t></w:r></w:ins></w:p>`,
  '<w:p><w:r><w:t>Fourth stays.</w:t></w:r></w:p>',
  `<w:p><w:pPr><w:keepNext/><w:rPr><w:moveTo w:id="22" ${by}/></w:rPr></w:pPr>` +
    `<w:moveToRangeStart w:id="2" ${by} w:name="move1"/><w:moveTo w:id="23" ${by}><w:r><w:t>Second is moved.</w:t></w:r></w:moveTo></w:p>`,
  '<w:moveToRangeEnd w:id="2"/>',
  '<w:p><w:r><w:t>Fifth stays too.</w:t></w:r></w:p>',
];

describe('a redline with everything that one can hold', () => {
  const base = makeDocx({ body: baseBody });
  const result = redlineDocx(base, redline);

  it('is written as Word writes it: texts, paragraph marks, a move, rows and a remark', () => {
    const [, body = ''] = /<w:body>(.*)<\/w:body>/s.exec(partOf(result, 'content/main.xml')) ?? [];

    expect(inLines(body)).toEqual(golden.flatMap(inLines));
  });

  it('has its remark in a part of its own', () => {
    expect(partOf(result, 'content/comments.xml')).toContain(
      `<w:comment w:id="3" ${by} w:initials="Q"><w:p><w:r><w:annotationRef/></w:r>` +
        '<w:r><w:t xml:space="preserve">Which rent?</w:t></w:r></w:p></w:comment>',
    );
  });

  it('reads as the revised text when accepted and as the base when rejected', () => {
    expect(textsOf(acceptAll(result))).toEqual(revisedTexts);
    expect(textsOf(rejectAll(result))).toEqual(baseTexts);
  });
});

function inLines(xml: string): string[] {
  return xml.replaceAll('><', '>\n<').split('\n');
}

function partOf(bytes: Uint8Array, name: string): string {
  return new TextDecoder().decode(openPackage(bytes)?.read(name));
}

function textsOf(bytes: Uint8Array): string[] {
  return redlineParagraphs(bytes).map(({ text }) => text);
}
