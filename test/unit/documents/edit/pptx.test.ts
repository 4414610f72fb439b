import { describe, expect, it } from '@jest/globals';
import { openPptxForEdit } from '#shared/documents/edit/pptx.ts';
import { changedParts, chartPart, makePptx, partOf, shape } from '../../../support/edit-files.ts';

const slide = 'deck/one.xml';
const drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';

describe('Rewriting the text of a presentation in place', () => {
  it('finds shapes, groups and tables, with the shape and the paragraph in it', () => {
    const table = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="T"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>${paragraph(run('Cell'))}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
    const group = `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="2" name="G"/></p:nvGrpSpPr>${shape(3, paragraph(run('One')) + paragraph(run('Two')), 'A box')}</p:grpSp>`;

    expect(openPptxForEdit(makePptx(group + table)).segments).toEqual([
      { ...segment(1, 'A box', { shape: '3', paragraph: 1 }), kind: 'alt-text' },
      segment(2, 'One', { shape: '3', paragraph: 1 }),
      segment(3, 'Two', { shape: '3', paragraph: 2 }),
      segment(4, 'Cell', { shape: '4', paragraph: 1 }),
    ]);
  });

  it('tags formats, breaks and fields, and not what spelling and language say', () => {
    const text = paragraph(
      `<a:pPr lvl="1"/>${run('To ', 'lang="en" dirty="0"')}${run('all', 'lang="de"')}<a:br/>${run('staff', 'b="1"')}<a:fld id="{1}" type="slidenum"><a:t>7</a:t></a:fld><a:endParaRPr/>`,
    );

    expect(textsOf(shape(1, text))).toEqual(['To all<x1/><g2>staff</g2><x3/>']);
  });

  it('keeps the properties of a paragraph around its new text', () => {
    const text = paragraph(`<a:pPr lvl="1"/>${run('Costs', 'b="1"')}<a:endParaRPr lang="en"/>`);
    const before = makePptx(shape(1, text));

    const after = rewrite(before, { Costs: 'Kosten\n& Fristen' });

    expect(changedParts(before, after)).toEqual([slide]);
    expect(partOf(after, slide)).toBe(
      partOf(before, slide).replace(
        '<a:t>Costs</a:t></a:r>',
        '<a:t>Kosten</a:t></a:r><a:br><a:rPr b="1"/></a:br><a:r><a:rPr b="1"/><a:t>&amp; Fristen</a:t></a:r>',
      ),
    );
  });

  it('keeps what is drawn of a diagram in step with its data', () => {
    const data = `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ${drawing}><dgm:pt><dgm:t>${paragraph(run('Plan'))}</dgm:t></dgm:pt></dgm:dataModel>`;
    const drawn = `<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" ${drawing}><dsp:txBody>${paragraph(run('Plan', 'sz="900"'))}</dsp:txBody></dsp:drawing>`;
    const before = makePptx('', [
      ['diagramData', data],
      ['diagramDrawing', drawn],
    ]);

    const after = rewrite(before, { Plan: 'Do' });

    expect(textsIn(before)).toEqual(['Plan']);
    expect(changedParts(before, after)).toEqual(['deck/part1.xml', 'deck/part2.xml']);
    expect(partOf(after, 'deck/part2.xml')).toContain('<a:rPr sz="900"/><a:t>Do</a:t>');
  });

  it('finds notes, comments and charts of a slide, and no numbers', () => {
    const notes = `<p:notes xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" ${drawing}>${shape(2, paragraph(run('Say hello')))}</p:notes>`;
    const comments = `<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm><p:pos x="1"/><p:text>Why?</p:text></p:cm></p:cmLst>`;
    const file = makePptx('', [
      ['notesSlide', notes],
      ['comments', comments],
      ['chart', chartPart('Growth', 'North')],
    ]);

    const parts = openPptxForEdit(file).segments.map(({ kind, text, place }) => {
      return [kind, text, place.kind === 'slide' && place.part];
    });
    expect(parts).toEqual([
      ['chart-text', 'Growth', 'chart'],
      ['chart-text', 'North', 'chart'],
      ['paragraph', 'Say hello', 'notes'],
      ['comment', 'Why?', 'comments'],
    ]);
  });

  it('puts a text into a paragraph that is all in one format of its own', () => {
    const after = rewrite(
      makePptx(shape(1, paragraph('<a:r><a:t/></a:r><a:r><a:rPr b="1"/><a:t>x</a:t></a:r>'))),
      { x: 'y' },
    );

    expect(partOf(after, slide)).toContain('<a:r><a:rPr b="1"/><a:t>y</a:t></a:r>');
  });
});

function paragraph(content: string): string {
  return `<a:p>${content}</a:p>`;
}

function run(text: string, attributes = ''): string {
  return `<a:r><a:rPr ${attributes}/><a:t>${text}</a:t></a:r>`.replace('<a:rPr /', '<a:rPr/');
}

function segment(position: number, text: string, place: object) {
  return {
    id: `${slide}#${position}`,
    kind: 'paragraph',
    text,
    place: { kind: 'slide', slide: 1, part: 'slide', ...place },
  };
}

function textsIn(bytes: Uint8Array): string[] {
  return openPptxForEdit(bytes).segments.map(({ text }) => text);
}

function textsOf(shapes: string): string[] {
  return textsIn(makePptx(shapes));
}

function rewrite(bytes: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const file = openPptxForEdit(bytes);
  return file.write(new Map(file.segments.map(({ id, text }) => [id, texts[text] ?? text])));
}
