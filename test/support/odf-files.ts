import type { SourceFile } from '#shared/domain/document.ts';
import { sourceFile, zipOf } from './office-files.ts';

/** Parts of an OpenDocument file; each is what stands in the element of its name. */
export interface OdfParts {
  /** In `office:text` or `office:presentation`. */
  readonly body: string;
  readonly automaticStyles?: string;
  /** In `office:styles` and `office:master-styles` of styles.xml. */
  readonly styles?: string;
  readonly masterStyles?: string;
  readonly meta?: string;
  /** In `manifest:manifest`. */
  readonly manifest?: string;
  /** Any part as a whole, by its name; wins over the others. */
  readonly files?: Readonly<Record<string, string>>;
}

export function odtFile(parts: OdfParts): SourceFile {
  return sourceFile('test.odt', makeOdf(parts, 'text'));
}

export function odpFile(parts: OdfParts): SourceFile {
  return sourceFile('test.odp', makeOdf(parts, 'presentation'));
}

/** A part with all the namespaces that tests use. */
export function odfPart(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespaces} office:version="1.3">${content}</${root}>`;
}

/** A cell of a table. */
export function odfCell(content: string, attributes = ''): string {
  return `<table:table-cell ${attributes}>${content}</table:table-cell>`;
}

/** A row of cells with a paragraph each. */
export function odfRow(texts: readonly string[], attributes = ''): string {
  const cells = texts.map((text) => odfCell(`<text:p>${text}</text:p>`));
  return `<table:table-row ${attributes}>${cells.join('')}</table:table-row>`;
}

function makeOdf(parts: OdfParts, kind: 'text' | 'presentation'): Uint8Array {
  const { body, automaticStyles = '', styles = '', masterStyles = '' } = parts;
  return zipOf({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'content.xml': odfPart(
      'office:document-content',
      `<office:automatic-styles>${automaticStyles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body>`,
    ),
    'styles.xml': odfPart(
      'office:document-styles',
      `<office:styles>${styles}</office:styles><office:master-styles>${masterStyles}</office:master-styles>`,
    ),
    'meta.xml': odfPart('office:document-meta', `<office:meta>${parts.meta ?? ''}</office:meta>`),
    'META-INF/manifest.xml': odfPart('manifest:manifest', parts.manifest ?? ''),
    ...parts.files,
  });
}

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const namespaces = Object.entries({
  office: `${oasis}:office:1.0`,
  text: `${oasis}:text:1.0`,
  table: `${oasis}:table:1.0`,
  draw: `${oasis}:drawing:1.0`,
  style: `${oasis}:style:1.0`,
  fo: `${oasis}:xsl-fo-compatible:1.0`,
  svg: `${oasis}:svg-compatible:1.0`,
  presentation: `${oasis}:presentation:1.0`,
  chart: `${oasis}:chart:1.0`,
  form: `${oasis}:form:1.0`,
  meta: `${oasis}:meta:1.0`,
  manifest: `${oasis}:manifest:1.0`,
  loext: 'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0',
  xlink: 'http://www.w3.org/1999/xlink',
  dc: 'http://purl.org/dc/elements/1.1/',
  math: 'http://www.w3.org/1998/Math/MathML',
})
  .map(([prefix, namespace]) => `xmlns:${prefix}="${namespace}"`)
  .join(' ');
