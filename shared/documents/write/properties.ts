import { cleanText } from './clean-text.ts';
import type { PackageWriter } from './package.ts';
import { element, escapeXml, xmlDeclaration } from './xml-writer.ts';

/** Adds title, author and language of a file. No time: the same content gives the same bytes. */
export function addProperties(
  file: Pick<PackageWriter, 'add' | 'relate'>,
  { title, language }: { readonly title: string; readonly language: string },
): void {
  const name = 'docProps/core.xml';
  file.relate('', {
    type: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
    target: name,
  });
  file.add({
    name,
    contentType: 'application/vnd.openxmlformats-package.core-properties+xml',
    content:
      xmlDeclaration +
      element(
        'cp:coreProperties',
        {
          'xmlns:cp': 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties',
          'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        },
        element('dc:title', {}, escapeXml(cleanText(title))),
        element('dc:creator', {}, 'Quire'),
        element('cp:lastModifiedBy', {}, 'Quire'),
        element('dc:language', {}, escapeXml(language)),
      ),
  });
}
