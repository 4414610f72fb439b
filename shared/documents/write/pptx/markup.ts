import { officeRelationships } from '../package.ts';
import { element } from '../xml-writer.ts';

/** The three vocabularies of a slide, for root elements. */
export const namespaces = {
  'xmlns:a': 'http://schemas.openxmlformats.org/drawingml/2006/main',
  'xmlns:r': officeRelationships,
  'xmlns:p': 'http://schemas.openxmlformats.org/presentationml/2006/main',
} as const;

const contentTypeStart = 'application/vnd.openxmlformats-officedocument.presentationml';

export const contentTypes = {
  presentation: `${contentTypeStart}.presentation.main+xml`,
  master: `${contentTypeStart}.slideMaster+xml`,
  layout: `${contentTypeStart}.slideLayout+xml`,
  slide: `${contentTypeStart}.slide+xml`,
  notesMaster: `${contentTypeStart}.notesMaster+xml`,
  notesSlide: `${contentTypeStart}.notesSlide+xml`,
  theme: 'application/vnd.openxmlformats-officedocument.theme+xml',
  chart: 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
  workbook: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** English Metric Units: 914,400 to an inch. */
export const unitsPerPoint = 12_700;

/** A rectangle on a slide, in EMU. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Element `a:xfrm` or `p:xfrm`. */
export function transform(name: 'a:xfrm' | 'p:xfrm', { x, y, width, height }: Frame): string {
  return element(name, {}, element('a:off', { x, y }), element('a:ext', { cx: width, cy: height }));
}

/** What a shape tree begins with. */
export const treeStart =
  '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>';
