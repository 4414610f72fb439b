import { describe, expect, it } from '@jest/globals';
import { readOdp } from '#shared/documents/read/odp.ts';
import { type OdfParts, odfPart, odfRow, odpFile } from '../../../support/odf-files.ts';

const read = (parts: OdfParts) => readOdp(odpFile(parts));

describe('readOdp', () => {
  it('reads slides in order: titles first, bullets with level, tables, notes and comments', async () => {
    const automaticStyles =
      '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="●"/><text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style>';
    const list =
      '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deeper</text:p></text:list-item></text:list></text:list-item></text:list>';
    const notes = `<presentation:notes><draw:page-thumbnail/>${frame('<text:p>say it</text:p>', 'notes', 'n')}</presentation:notes>`;
    const comment =
      '<office:annotation><dc:creator>Ann</dc:creator><text:p>Why?</text:p></office:annotation>';
    const table = `<draw:frame xml:id="t"><table:table table:use-first-row-styles="true">${odfRow(['A'])}${odfRow(['1'])}</table:table><draw:image/></draw:frame>`;
    const body =
      page(
        frame('<text:p>Our</text:p><text:p>plan</text:p>', 'title', 'a') +
          frame('<text:p>2026</text:p>', 'subtitle', 'b'),
      ) +
      page(
        `${frame(list, 'outline')}${frame('<text:p>Costs</text:p>', 'title', 'c')}${table}${notes}${comment}`,
      );

    const { units, title, pageCount, warnings } = await read({ body, automaticStyles });

    expect(
      units.map(({ kind, text, level, marker, locator }) => [kind, text, level, marker, locator]),
    ).toEqual([
      ['title', 'Our plan', undefined, undefined, place(1, 'a')],
      ['paragraph', '2026', undefined, undefined, place(1, 'b')],
      ['heading', 'Costs', 1, undefined, place(2, 'c')],
      ['list-item', 'one', 0, '●', below('#1')],
      ['list-item', 'deeper', 1, '–', below('#1', 2)],
      ['table-row', 'A', undefined, undefined, below('t')],
      ['table-row', '1', undefined, undefined, below('t', 2)],
      ['speaker-notes', 'say it', undefined, undefined, { ...below('n'), part: 'notes' }],
      [
        'comment',
        'Why?',
        undefined,
        undefined,
        { kind: 'slide', slide: 2, part: 'comments', paragraph: 1, headingPath: ['Costs'] },
      ],
    ]);
    expect(units.find(({ kind }) => kind === 'comment')?.author).toBe('Ann');
    expect([title, pageCount, warnings]).toEqual(['Our plan', 2, []]);
  });

  it('marks slides that the show skips, and leaves prompts out', async () => {
    const automaticStyles =
      '<style:style style:name="dp" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>';
    const prompt = frame(
      '<text:p>Click to add</text:p>',
      'outline" presentation:placeholder="true',
    );

    const { units, warnings } = await read({
      body: page(frame('<text:p>later</text:p>', 'subtitle') + prompt, 'draw:style-name="dp"'),
      automaticStyles,
    });

    expect(units.map(({ text, isHidden }) => [text, isHidden])).toEqual([['later', true]]);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['hidden-content', 1],
      ['hidden-content', 1],
    ]);
  });

  it('reads declared footers once, and counts numbers of slides and text on masters', async () => {
    const footer =
      '<presentation:footer-decl presentation:name="f1">Secret</presentation:footer-decl>';
    const uses = 'presentation:use-footer-name="f1" draw:master-page-name="M"';
    const number = frame('<text:p><text:page-number>1</text:page-number></text:p>', 'page-number');
    const masterStyles = `<style:master-page style:name="M">${frame('<text:p>Prompt</text:p>', 'title')}<draw:custom-shape><text:p>ACME</text:p></draw:custom-shape></style:master-page>`;

    const { units, warnings } = await read({
      body: footer + page(number, uses) + page(number, uses),
      masterStyles,
    });

    expect(units.map(({ kind, text }) => [kind, text])).toEqual([['page-footer', 'Secret']]);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['repeated-header', 3],
      ['repeated-header', 1],
    ]);
  });

  it('reads groups and charts, and counts pictures and objects', async () => {
    const chart = odfPart(
      'office:document-content',
      `<office:body><office:chart><chart:chart><chart:title><text:p>Growth</text:p></chart:title><table:table>${odfRow(['', 'Sales'])}${odfRow(['Q1', '4'])}</table:table></chart:chart></office:chart></office:body>`,
    );
    const object = (name: string) =>
      `<draw:frame xml:id="${name}"><draw:object xlink:href="./${name}"/></draw:frame>`;
    const group = `<draw:g><draw:g>${frame('<text:p>inside</text:p>', '')}</draw:g></draw:g>`;

    const { units, warnings } = await read({
      body: page(`${group}${object('o1')}${object('o2')}<draw:frame><draw:image/></draw:frame>`),
      files: { 'o1/content.xml': chart },
    });

    expect(units.map(({ kind, text, locator }) => [kind, text, locator])).toEqual([
      ['paragraph', 'inside', place(1, '#1')],
      ['chart', 'Growth', { ...place(1, 'o1'), part: 'chart' }],
      ['chart', 'Sales: Q1 = 4', { ...place(1, 'o1', 2), part: 'chart' }],
    ]);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['embedded-object', 1],
      ['image', 1],
    ]);
  });
});

function page(content: string, attributes = ''): string {
  return `<draw:page ${attributes}>${content}</draw:page>`;
}

function frame(content: string, role: string, id?: string): string {
  const own = id === undefined ? '' : `xml:id="${id}"`;
  return `<draw:frame ${own} presentation:class="${role}"><draw:text-box>${content}</draw:text-box></draw:frame>`;
}

function place(slide: number, shape: string, paragraph = 1) {
  return { kind: 'slide', slide, part: 'slide', shape, paragraph, headingPath: [] };
}

/** A place on the second slide, below its title. */
function below(shape: string, paragraph = 1) {
  return { ...place(2, shape, paragraph), headingPath: ['Costs'] };
}
