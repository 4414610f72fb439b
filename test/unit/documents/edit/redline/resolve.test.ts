import { describe, expect, it } from '@jest/globals';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { openPackage } from '#shared/documents/opc.ts';
import { cell } from '../../../../support/docx-content.ts';
import { makeDocx, paragraph, run } from '../../../../support/office-files.ts';

const by = 'w:author="A" w:date="2020-01-01T00:00:00Z"';
const p = (content: string, mark = '') =>
  `<w:p><w:pPr><w:rPr>${mark}</w:rPr></w:pPr>${content}</w:p>`;
const mark = (name: string) => `<w:${name} w:id="1" ${by}/>`;
const deleted = (text: string) =>
  `<w:del w:id="2" ${by}><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`;
const inserted = (text: string) => `<w:ins w:id="3" ${by}>${run(text)}</w:ins>`;

function bodyOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(openPackage(bytes)?.read('content/main.xml'));
  return text.slice(text.indexOf('<w:body>') + 8, text.indexOf('</w:body>'));
}

function both(body: string): { accepted: string[]; rejected: string[] } {
  const base = makeDocx({ body });
  const textsOf = (bytes: Uint8Array) => redlineParagraphs(bytes).map(({ text }) => text);
  return { accepted: textsOf(acceptAll(base)), rejected: textsOf(rejectAll(base)) };
}

describe('acceptAll and rejectAll', () => {
  it('give the same bytes where nothing is tracked', () => {
    const base = makeDocx({ body: paragraph('inserted, deleted and moved'), footnotes: '' });

    expect(acceptAll(base)).toBe(base);
    expect(rejectAll(base)).toBe(base);
  });

  it.each<[what: string, body: string, ...readings: [accepted: string[], rejected: string[]]]>([
    [
      'insertions and deletions',
      p(deleted('old') + inserted('new') + run('!')),
      ['new!'],
      ['old!'],
    ],
    [
      'a deletion within an insertion',
      p(`<w:ins w:id="3" ${by}>${run('a')}${deleted('b')}</w:ins>`),
      ['a'],
      [''],
    ],
    ['a deleted paragraph mark', p(run('a'), mark('del')) + p(run('b')), ['ab'], ['a', 'b']],
    ['an inserted paragraph mark', p(run('a'), mark('ins')) + p(run('b')), ['a', 'b'], ['ab']],
    [
      'several marks in a row',
      p(run('a'), mark('del')) + p(deleted('b'), mark('del')) + p(run('c')),
      ['ac'],
      ['a', 'b', 'c'],
    ],
    [
      'a mark inserted and deleted',
      p(run('a'), mark('ins') + mark('del')) + p(run('b')),
      ['ab'],
      ['ab'],
    ],
    [
      'a deleted paragraph before a table',
      `${p(deleted('a'), mark('del'))}<w:tbl><w:tr>${cell(p(run('b')))}</w:tr></w:tbl>${p('')}`,
      ['b', ''],
      ['a', 'b', ''],
    ],
    ['a deleted last paragraph', p(run('a')) + p(deleted('b'), mark('del')), ['a'], ['a', 'b']],
    [
      'a move',
      p(
        `<w:moveFromRangeStart w:id="1" ${by} w:name="m"/><w:moveFrom w:id="2" ${by}>${run('x')}</w:moveFrom>`,
        mark('moveFrom'),
      ) +
        `<w:moveFromRangeEnd w:id="1"/>${p(run('y'))}` +
        p(
          `<w:moveToRangeStart w:id="4" ${by} w:name="m"/><w:moveTo w:id="5" ${by}>${run('x')}</w:moveTo><w:moveToRangeEnd w:id="4"/>`,
          mark('moveTo'),
        ) +
        p(run('z')),
      ['y', 'x', 'z'],
      ['x', 'y', 'z'],
    ],
    [
      'rows',
      `<w:tbl><w:tr><w:trPr>${mark('del')}</w:trPr>${cell(p(deleted('a')))}</w:tr><w:tr><w:trPr>${mark('ins')}</w:trPr>${cell(p(inserted('b')))}</w:tr></w:tbl>` +
        p(''),
      ['b', ''],
      ['a', ''],
    ],
    [
      'cells',
      `<w:tbl><w:tr>${cell(p(run('a')), mark('cellIns'))}${cell(p(run('b')), mark('cellDel'))}${cell(p(run('c')))}</w:tr></w:tbl>` +
        p(''),
      ['a', 'c', ''],
      ['b', 'c', ''],
    ],
    [
      'a table of which nothing is left',
      `<w:tbl><w:tr><w:trPr>${mark('ins')}</w:trPr>${cell(p(inserted('a')))}</w:tr></w:tbl>` +
        p(''),
      ['a', ''],
      [''],
    ],
  ])('resolve %s', (_, body, ...[accepted, rejected]) => {
    expect(both(body)).toEqual({ accepted, rejected });
  });

  it('resolve changes of properties', () => {
    const change = (name: string, old: string) =>
      `<w:${name}Change w:id="1" ${by}><w:${name}>${old}</w:${name}></w:${name}Change>`;
    const body =
      `<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:b/></w:rPr>${change('pPr', '<w:jc w:val="left"/>')}</w:pPr>` +
      `<w:r><w:rPr><w:i/>${change('rPr', '<w:u w:val="single"/>')}</w:rPr><w:t>a</w:t></w:r></w:p>` +
      `<w:sectPr><w:headerReference r:id="rId9"/><w:cols/>${change('sectPr', '<w:pgSz/>')}</w:sectPr>`;
    const base = makeDocx({ body });

    expect(bodyOf(acceptAll(base))).toBe(
      '<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>a</w:t></w:r></w:p><w:sectPr><w:headerReference r:id="rId9"/><w:cols/></w:sectPr>',
    );
    expect(bodyOf(rejectAll(base))).toBe(
      '<w:p><w:pPr><w:jc w:val="left"/><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>a</w:t></w:r></w:p><w:sectPr><w:headerReference r:id="rId9"/><w:pgSz/></w:sectPr>',
    );
  });

  it('resolve a change of merged cells', () => {
    const merged = cell(
      p(run('a')),
      `<w:tcW w:w="1"/><w:cellMerge w:id="1" ${by} w:vMerge="cont" w:vMergeOrig="rest"/>`,
    );
    const base = makeDocx({ body: `<w:tbl><w:tr>${merged}</w:tr></w:tbl>` });

    expect(bodyOf(acceptAll(base))).toContain('<w:tcW w:w="1"/><w:vMerge/></w:tcPr>');
    expect(bodyOf(rejectAll(base))).toContain(
      '<w:tcW w:w="1"/><w:vMerge w:val="restart"/></w:tcPr>',
    );
  });

  it('take nested links in a time that grows with their number', () => {
    const nested = '<w:hyperlink>'.repeat(100) + inserted('a') + '</w:hyperlink>'.repeat(100);

    expect(both(p(nested))).toEqual({ accepted: ['a'], rejected: [''] });
  });
});
