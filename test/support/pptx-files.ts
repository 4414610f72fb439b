import type { SourceFile } from '#shared/domain/document.ts';
import { sourceFile, zipOf } from './office-files.ts';

/** A slide of a generated deck; parts are what stands in their root element. */
export interface SlideParts {
  /** What stands in `p:spTree`. */
  readonly shapes?: string;
  /** Attributes of `p:sld`. */
  readonly attributes?: string;
  /** Shapes of its notes page. */
  readonly notes?: string;
  /** Relationships of the slide: type, name of the part, or an address if external. */
  readonly relationships?: Readonly<Record<string, readonly [type: string, target: string]>>;
}

export interface DeckParts {
  readonly slides: readonly SlideParts[];
  /** Order of the slides by their place in `slides`; all, in that order, without it. */
  readonly order?: readonly number[];
  readonly layoutShapes?: string;
  readonly masterShapes?: string;
  readonly masterStyles?: string;
  readonly title?: string;
  /** Further content of `p:presentation`, and further relationships of it. */
  readonly presentation?: string;
  readonly presentationRelationships?: Readonly<
    Record<string, readonly [type: string, target: string]>
  >;
  /** Any part as a whole, by its name; wins over the others. */
  readonly files?: Readonly<Record<string, string>>;
}

export function pptxFile(parts: DeckParts): SourceFile {
  return sourceFile('test.pptx', makePptx(parts));
}

/** Slides are called after nothing that says their order, and lie in no folder that a reader could expect. */
export function makePptx(parts: DeckParts): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationshipsPart({
      r1: ['officeDocument', 'deck/main.xml'],
      r2: ['metadata/core-properties', 'core.xml'],
    }),
    'core.xml': `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${parts.title ?? ''}</dc:title></cp:coreProperties>`,
    'deck/main.xml': part('p:presentation', `${slideList(parts)}${parts.presentation ?? ''}`),
    'deck/_rels/main.xml.rels': relationshipsPart({
      ...Object.fromEntries(
        parts.slides.map((_, index) => [`s${index}`, ['slide', nameOf(index)] as const]),
      ),
      ...parts.presentationRelationships,
    }),
    'deck/layout.xml': page('p:sldLayout', parts.layoutShapes ?? ''),
    'deck/_rels/layout.xml.rels': relationshipsPart({ r1: ['slideMaster', 'master.xml'] }),
    'deck/master.xml': page('p:sldMaster', parts.masterShapes ?? '', {
      after: `<p:txStyles>${parts.masterStyles ?? ''}</p:txStyles>`,
    }),
  };
  for (const [index, slide] of parts.slides.entries()) addSlide(slide, index, files);
  return zipOf({ ...files, ...parts.files });
}

/** A part of a deck with all the namespaces that tests use. */
export function part(root: string, content: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespaces} ${attributes}>${content}</${root}>`;
}

export function relationshipsPart(
  relationships: Readonly<Record<string, readonly [type: string, target: string]>>,
): string {
  const each = Object.entries(relationships).map(([id, [type, target]]) => {
    const mode = /^(?:https?|mailto):/.test(target) ? ' TargetMode="External"' : '';
    return `<Relationship Id="${id}" Type="${office}/relationships/${type}" Target="${target}"${mode}/>`;
  });
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

/** A shape with text; `role` is what stands in its `p:nvPr`, `body` in its `p:txBody`. */
export function shape(id: number, body: string, role = ''): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Shape ${id}"/><p:cNvSpPr/><p:nvPr>${role}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${body}</p:txBody></p:sp>`;
}

export function placeholder(type: string, index = 0): string {
  return `<p:ph type="${type}" idx="${index}"/>`;
}

/** A paragraph of one run; `properties` is a whole `a:pPr`. */
export function line(text: string, properties = ''): string {
  return `<a:p>${properties}<a:r><a:rPr lang="en"/><a:t>${text}</a:t></a:r></a:p>`;
}

/** A graphic frame around what stands in its `a:graphicData`. */
export function frame(id: number, content: string): string {
  return `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="${id}" name="Frame ${id}"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`;
}

/** A table of DrawingML from rows of cells; `attributes` are those of `a:tc` by `row,column`. */
export function table(
  rows: readonly (readonly string[])[],
  attributes: Readonly<Record<string, string>> = {},
): string {
  const made = rows.map((cells, row) => {
    const each = cells.map((text, column) => {
      const content = text === '' ? '<a:p/>' : line(text);
      return `<a:tc ${attributes[`${row},${column}`] ?? ''}><a:txBody><a:bodyPr/>${content}</a:txBody></a:tc>`;
    });
    return `<a:tr h="1">${each.join('')}</a:tr>`;
  });
  return `<a:tbl><a:tblPr firstRow="1"/>${made.join('')}</a:tbl>`;
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const namespaces = Object.entries({
  p: 'http://schemas.openxmlformats.org/presentationml/2006/main',
  a: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  r: `${office}/relationships`,
  mc: 'http://schemas.openxmlformats.org/markup-compatibility/2006',
  c: 'http://schemas.openxmlformats.org/drawingml/2006/chart',
  cdr: 'http://schemas.openxmlformats.org/drawingml/2006/chartDrawing',
  cx: 'http://schemas.microsoft.com/office/drawing/2014/chartex',
  dgm: 'http://schemas.openxmlformats.org/drawingml/2006/diagram',
  p188: 'http://schemas.microsoft.com/office/powerpoint/2018/8/main',
  p14: 'http://schemas.microsoft.com/office/powerpoint/2010/main',
  a14: 'http://schemas.microsoft.com/office/drawing/2010/main',
  m: `${office}/math`,
})
  .map(([prefix, namespace]) => `xmlns:${prefix}="${namespace}"`)
  .join(' ');

const contentTypes =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/deck/main.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>';

/** Of the part, relative to that of the presentation. */
function nameOf(index: number): string {
  return `pages/${String.fromCharCode(122 - (index % 26))}${index}.xml`;
}

function slideList({ slides, order }: DeckParts): string {
  const indices = order ?? slides.map((_, index) => index);
  const ids = indices.map((index, at) => `<p:sldId id="${256 + at}" r:id="s${index}"/>`);
  return `<p:sldIdLst>${ids.join('')}</p:sldIdLst>`;
}

function page(
  root: string,
  shapes: string,
  { attributes = '', after = '' }: { attributes?: string; after?: string } = {},
): string {
  return part(root, `<p:cSld><p:spTree>${shapes}</p:spTree></p:cSld>${after}`, attributes);
}

function addSlide(slide: SlideParts, index: number, files: Record<string, string>): void {
  const name = nameOf(index).replace('pages/', '');
  files[`deck/pages/${name}`] = page('p:sld', slide.shapes ?? '', {
    attributes: slide.attributes ?? '',
  });
  const hasNotes = slide.notes !== undefined;
  files[`deck/pages/_rels/${name}.rels`] = relationshipsPart({
    layout: ['slideLayout', '../layout.xml'],
    ...(hasNotes ? { notes: ['notesSlide', `/deck/talk/${name}`] as const } : {}),
    ...slide.relationships,
  });
  if (hasNotes) files[`deck/talk/${name}`] = page('p:notes', slide.notes ?? '');
}
