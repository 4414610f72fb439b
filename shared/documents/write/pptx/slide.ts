import type { TemplatePackage } from '../template-package.ts';
import { writeXlsx } from '../xlsx.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';
import { chartWorkbook, chartXml } from './chart.ts';
import { estimateLines, roomOf } from './fit.ts';
import { contentTypes, namespaces, treeStart } from './markup.ts';
import type { NotesWriter } from './notes.ts';
import type { PagedSlide } from './paginate.ts';
import { chartFrameXml, numberXml, placeholderXml, tableXml } from './shapes.ts';
import type { LayoutRole, Placeholder, SlideLayout, TemplateLayouts } from './template-layouts.ts';
import { bulletsXml, paragraphXml, type TextContext } from './text.ts';

export interface SlideContext {
  readonly template: TemplatePackage;
  readonly layouts: TemplateLayouts;
  readonly text: TextContext;
  readonly notes: NotesWriter;
}

/** Adds a slide with its notes and gives the id of its relationship. */
export async function addSlide(slide: PagedSlide, context: SlideContext): Promise<string> {
  const { template, layouts, text, notes } = context;
  const layout = layouts.of(roleOf(slide));
  const name = template.freeName('ppt/slides/slide%.xml');
  template.relate(name, { type: 'slideLayout', target: layout.part });
  const shapes = [
    titleXml(slide.title, layout, text),
    await contentXml({ slide, layout, name }, context),
    layout.number === undefined ? '' : numberXml(9, layout.number),
  ];
  template.add({
    name,
    contentType: contentTypes.slide,
    content:
      xmlDeclaration +
      element(
        'p:sld',
        namespaces,
        element('p:cSld', {}, element('p:spTree', {}, treeStart, ...shapes)),
        '<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>',
      ),
  });
  if (slide.notes.length > 0) notes.add(name, slide.notes);
  return template.relate(template.mainPart, { type: 'slide', target: name });
}

function roleOf(slide: PagedSlide): LayoutRole {
  switch (slide.kind) {
    case 'title':
    case 'section':
      return slide.kind;
    case 'bullets':
      return slide.columns.length > 1 ? 'two-columns' : 'content';
    case 'table':
    case 'chart':
      return 'title-only';
  }
}

/** Sizes of a title that is longer than its place; below that it would be as small as the text. */
const titleScales = [1, 0.9, 0.8, 0.7, 0.6, 0.5] as const;

function titleXml(title: string, { title: place }: SlideLayout, context: TextContext): string {
  if (place === undefined) return '';
  const paragraphs = [paragraphXml([{ text: title }], {}, context)];
  return placeholderXml({ id: 2, name: 'Title', place, paragraphs, scale: scaleOf(title, place) });
}

function scaleOf(text: string, { frame, sizes }: Placeholder): number {
  const room = roomOf(frame);
  const [size = 28] = sizes;
  const fits = (scale: number) =>
    estimateLines(text, room.width, size * scale) * size * scale * 1.1 <= room.height;
  return titleScales.find(fits) ?? 0.5;
}

interface SlideToFill {
  readonly slide: PagedSlide;
  readonly layout: SlideLayout;
  readonly name: string;
}

async function contentXml(
  { slide, layout, name }: SlideToFill,
  context: SlideContext,
): Promise<string> {
  const { layouts, text } = context;
  switch (slide.kind) {
    case 'title':
    case 'section': {
      const [place] = layout.bodies;
      if (place === undefined || slide.text === undefined) return '';
      const paragraphs = [paragraphXml([{ text: slide.text }], {}, text)];
      const scale = scaleOf(slide.text, place);
      return placeholderXml({ id: 3, name: 'Subtitle', place, paragraphs, scale });
    }
    case 'bullets':
      return slide.columns
        .map((page, index) => {
          const place = layout.bodies[index];
          if (page === undefined || place === undefined) return '';
          const { scale } = page;
          const paragraphs = bulletsXml(page, text);
          return placeholderXml({ id: 3 + index, name: 'Content', place, paragraphs, scale });
        })
        .join('');
    case 'table':
      return tableXml({ id: 3, frame: layouts.bodyFrame, page: slide.page }, text);
    case 'chart':
      return chartFrameXml(3, layouts.bodyFrame, await addChart(slide.chart, name, context));
  }
}

async function addChart(
  chart: Parameters<typeof chartXml>[0],
  slidePart: string,
  { template, text }: SlideContext,
): Promise<string> {
  const name = template.freeName('ppt/charts/chart%.xml');
  const workbook = template.freeName('ppt/embeddings/workbook%.xlsx');
  const { bytes } = await writeXlsx(chartWorkbook(chart, text.typography.language));
  template.add({ name: workbook, contentType: contentTypes.workbook, content: bytes });
  const workbookId = template.relate(name, { type: 'package', target: workbook });
  template.add({ name, contentType: contentTypes.chart, content: chartXml(chart, workbookId) });
  return template.relate(slidePart, { type: 'chart', target: name });
}
