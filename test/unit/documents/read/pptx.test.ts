import { describe, expect, it } from '@jest/globals';
import { readPptx } from '#shared/documents/read/pptx.ts';
import type { Unit } from '#shared/domain/document.ts';
import {
  type DeckParts,
  frame,
  line,
  placeholder,
  pptxFile,
  type SlideParts,
  shape,
} from '../../../support/pptx-files.ts';

const read = (parts: DeckParts) => readPptx(pptxFile(parts));
const unitsOn = async (slide: SlideParts, more: Partial<DeckParts> = {}) =>
  (await read({ slides: [slide], ...more })).units;
const shown = (units: readonly Unit[]) =>
  units.map(({ kind, text, level, marker }) => [kind, text, level, marker]);
const warningsOf = async (parts: DeckParts) =>
  (await read(parts)).warnings.map(({ code, count }) => [code, count]);

describe('readPptx: slides', () => {
  it('reads them in the order of the presentation, not of their names', async () => {
    const slides = ['one', 'two', 'three'].map((text) => ({ shapes: shape(2, line(text)) }));

    const { units, pageCount } = await read({ slides, order: [2, 0, 1] });

    expect(units.map(({ text, locator }) => [text, locator])).toEqual([
      ['three', place(1)],
      ['one', place(2)],
      ['two', place(3)],
    ]);
    expect(pageCount).toBe(3);
  });

  it('puts the title first, and makes that of a title slide at the start the title of the whole', async () => {
    const cover = shape(2, line('By us')) + shape(3, line('Plan'), placeholder('ctrTitle'));
    const later =
      shape(2, line('body')) + shape(3, line('Costs') + line('and time'), placeholder('title'));

    const { units, title } = await read({ slides: [{ shapes: cover }, { shapes: later }] });

    expect(shown(units)).toEqual([
      ['title', 'Plan', undefined, undefined],
      ['paragraph', 'By us', undefined, undefined],
      ['heading', 'Costs and time', 1, undefined],
      ['paragraph', 'body', undefined, undefined],
    ]);
    expect(title).toBe('Plan');
  });

  it('puts no slide under the title of the one before', async () => {
    const titled = shape(2, line('Costs'), placeholder('title')) + shape(3, line('a'));

    const { units } = await read({ slides: [{ shapes: titled }, { shapes: shape(2, line('b')) }] });

    expect(units.map(({ locator }) => locator.headingPath)).toEqual([[], ['Costs'], []]);
  });

  it('marks hidden slides and counts them', async () => {
    const parts = { slides: [{ attributes: 'show="0"', shapes: shape(2, line('later')) }] };

    expect((await read(parts)).units[0]?.isHidden).toBe(true);
    expect(await warningsOf(parts)).toEqual([['hidden-content', 1]]);
  });

  it('keeps text of shapes that are switched off apart, those in a group included', async () => {
    const off = shape(2, line('off')).replace('name=', 'hidden="1" name=');
    const group = `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="" hidden="1"/><p:nvPr/></p:nvGrpSpPr>${shape(4, line('inside'))}</p:grpSp>`;

    const { units, hidden, warnings } = await read({
      slides: [{ shapes: off + group + shape(3, line('on')) }],
    });

    expect(units.map(({ text }) => text)).toEqual(['on']);
    expect(hidden?.map(({ text }) => text)).toEqual(['off', 'inside']);
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['hidden-text', 2]]);
  });

  it('reads groups in groups', async () => {
    const group = (content: string) => `<p:grpSp><p:nvGrpSpPr/>${content}</p:grpSp>`;

    const units = await unitsOn({
      shapes: group(shape(2, line('a')) + group(group(shape(3, line('b'))))) + shape(4, line('c')),
    });

    expect(units.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  });

  it('gives shapes of the same id locators of their own', async () => {
    const units = await unitsOn({ shapes: shape(2, line('a')) + shape(2, line('b')) });

    expect(units.map(({ locator }) => locator)).toMatchObject([{ shape: '2' }, { shape: '2#2' }]);
  });

  it('reads one branch of alternative content', async () => {
    const choice = (text: string) => `<mc:Choice Requires="p14">${text}</mc:Choice>`;
    const both = `<mc:AlternateContent>${choice(shape(2, line('new')))}<mc:Fallback>${shape(2, line('old'))}</mc:Fallback></mc:AlternateContent>`;
    const unknown = `<mc:AlternateContent>${choice('<p:other/>')}<mc:Fallback>${shape(3, line('fallback'))}</mc:Fallback></mc:AlternateContent>`;

    const units = await unitsOn({ shapes: both + unknown });

    expect(units.map(({ text }) => text)).toEqual(['new', 'fallback']);
  });

  it('reads a footer once and leaves out what changes by itself', async () => {
    const field = `<a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p>`;
    const slide = {
      shapes:
        shape(2, line('Secret'), placeholder('ftr')) +
        shape(3, field, placeholder('sldNum')) +
        shape(
          4,
          '<a:p><a:fld type="datetime1"><a:t>1/1/2026</a:t></a:fld></a:p>',
          placeholder('dt'),
        ),
    };
    const parts = { slides: [slide, slide] };

    expect(shown((await read(parts)).units)).toEqual([
      ['page-footer', 'Secret', undefined, undefined],
    ]);
    expect(await warningsOf(parts)).toEqual([['repeated-header', 5]]);
  });

  it('reads no prompts of layouts, and counts other text on layouts and masters once', async () => {
    const parts = {
      slides: [{ shapes: shape(2, line('a')) }, { shapes: shape(2, line('b')) }],
      layoutShapes:
        shape(2, line('Click to add title'), placeholder('title')) + shape(3, line('ACME')),
      masterShapes: shape(2, line('Confidential')),
    };

    expect((await read(parts)).units.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(await warningsOf(parts)).toEqual([['repeated-header', 2]]);
  });

  it('counts pictures, media, embedded objects, ink and sections', async () => {
    const picture = (more: string) =>
      `<p:pic><p:nvPicPr><p:cNvPr id="5" name=""/><p:cNvPicPr/><p:nvPr>${more}</p:nvPr></p:nvPicPr></p:pic>`;
    const filled = shape(6, line('x')).replace('<p:spPr/>', '<p:spPr><a:blipFill/></p:spPr>');
    const object = frame(7, `<p:oleObj><p:embed/>${picture('')}</p:oleObj>`);
    const shapes = `${picture('')}${picture('<a:videoFile/>')}${filled}${object}<p:contentPart/>`;

    const warnings = await warningsOf({
      slides: [{ shapes }],
      presentation:
        '<p:extLst><p:ext><p14:sectionLst><p14:section name="A"/></p14:sectionLst></p:ext></p:extLst>',
    });

    expect(warnings).toEqual([
      ['image', 2],
      ['embedded-object', 1],
      ['embedded-object', 1],
      ['unsupported-part', 1],
      ['unsupported-part', 1],
    ]);
  });
});

describe('readPptx: paragraphs', () => {
  const bullets = (content: string, level = 0) => `<a:pPr lvl="${level}">${content}</a:pPr>`;
  const numbers = (type: string, level = 0, more = '') =>
    bullets(`<a:buAutoNum type="${type}" ${more}/>`, level);

  it('takes bullets from the layout and the master', async () => {
    const masterStyles =
      '<p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buFont typeface="Wingdings"/><a:buChar char="&#xD8;"/></a:lvl2pPr></p:bodyStyle>';
    const layoutShapes = shape(
      2,
      '<a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>',
      placeholder('subTitle', 7),
    );
    const body =
      line('first') + line('deeper', bullets('', 1)) + line('bare', bullets('<a:buNone/>'));
    const shapes =
      shape(2, body, placeholder('body', 1)) +
      shape(3, line('sub'), placeholder('subTitle', 7)) +
      shape(4, line('box'));

    expect(shown(await unitsOn({ shapes }, { masterStyles, layoutShapes }))).toEqual([
      ['list-item', 'first', 0, '•'],
      ['list-item', 'deeper', 1, '➢'],
      ['paragraph', 'bare', undefined, undefined],
      ['paragraph', 'sub', undefined, undefined],
      ['paragraph', 'box', undefined, undefined],
    ]);
  });

  it('numbers as PowerPoint does', async () => {
    const body =
      line('a', numbers('arabicPeriod')) +
      line('b', numbers('alphaLcParenR', 1)) +
      line('c', numbers('alphaLcParenR', 1)) +
      `<a:p>${numbers('arabicPeriod')}</a:p>` +
      line('d', numbers('arabicPeriod')) +
      line('e') +
      line('f', numbers('arabicPeriod', 0, 'startAt="4"')) +
      line('g', numbers('romanUcPeriod')) +
      line('h', numbers('arabicParenBoth'));

    const units = await unitsOn({ shapes: shape(2, body) });

    expect(units.map(({ marker }) => marker)).toEqual([
      '1.',
      'a)',
      'b)',
      '2.',
      undefined,
      '4.',
      'I.',
      '(1)',
    ]);
  });

  it('joins runs, breaks, fields and equations', async () => {
    const math =
      '<mc:AlternateContent><mc:Choice Requires="a14"><a14:m><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></a14:m></mc:Choice><mc:Fallback><a:r><a:t>[image]</a:t></a:r></mc:Fallback></mc:AlternateContent>';
    const text = `<a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r><a:fld><a:t> 3</a:t></a:fld>${math}<a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>6</a:t></a:r></a:p>`;

    expect((await unitsOn({ shapes: shape(2, text) }))[0]?.text).toBe('one two 3 x=1 10⁶');
  });

  it('says where links lead, without following them', async () => {
    const run = (text: string, id: string) =>
      `<a:r><a:rPr><a:hlinkClick r:id="${id}"/></a:rPr><a:t>${text}</a:t></a:r>`;
    const text = `<a:p><a:r><a:t>  See </a:t></a:r>${run('the ', 'l1')}${run('site', 'l1')}<a:r><a:t> or </a:t></a:r>${run('there', 'l2')}</a:p>`;
    const relationships = {
      l1: ['hyperlink', 'https://example.org/a'],
      l2: ['slide', 'z0.xml'],
    } as const;

    const [unit] = await unitsOn({ shapes: shape(2, text), relationships });

    expect(unit?.text).toBe('See the site or there');
    expect(unit?.links).toEqual([
      { from: 4, to: 12, target: 'https://example.org/a' },
      { from: 16, to: 21, target: '#slide-1' },
    ]);
  });
});

function place(slide: number) {
  return { kind: 'slide', slide, part: 'slide', shape: '2', paragraph: 1, headingPath: [] };
}
