import { parseXml, type XmlElement } from '#shared/documents/xml.ts';
import { openZip } from '#shared/documents/zip.ts';

/** The parts of an Office file that was written. */
export interface OfficeParts {
  readonly names: readonly string[];
  bytes(name: string): Uint8Array;
  text(name: string): string;
  root(name: string): XmlElement;
}

export function partsOf(file: Uint8Array): OfficeParts {
  const archive = openZip(file);
  const bytes = (name: string): Uint8Array => {
    const content = archive.read(name);
    if (content === undefined) throw new Error(`The file has no part ${name}.`);
    return content;
  };
  return {
    names: archive.names,
    bytes,
    text: (name) => new TextDecoder().decode(bytes(name)),
    root: (name) => parseXml(bytes(name)),
  };
}

/** Every element of a name, in the order of the document. */
export function elementsOf(root: XmlElement, localName: string): XmlElement[] {
  const own = root.name.split(':').at(-1) === localName ? [root] : [];
  return [...own, ...root.children.flatMap((child) => elementsOf(child, localName))];
}

/** Relationships that lead to a part that is not there. */
export function brokenLinks(parts: OfficeParts): string[] {
  const names = new Set(parts.names.map((name) => name.toLowerCase()));
  return parts.names
    .filter((name) => name.endsWith('.rels'))
    .flatMap((name) => {
      const folder = name.replace(/_rels\/[^/]*$/, '');
      return parts
        .root(name)
        .children.filter(({ attributes }) => attributes['TargetMode'] !== 'External')
        .map(({ attributes }) => new URL(attributes['Target'] ?? '', `zip:/${folder}`).pathname)
        .map((path) => path.slice(1).toLowerCase())
        .filter((target) => !names.has(target));
    });
}

/** Parts without a content type, and content types of parts that are not there. */
export function untypedParts(parts: OfficeParts): string[] {
  const types = parts.root('[Content_Types].xml').children;
  const typed = new Set(
    types.map(({ attributes }) => (attributes['PartName'] ?? '').slice(1).toLowerCase()),
  );
  const extensions = new Set(types.map(({ attributes }) => attributes['Extension']));
  const names = parts.names.map((name) => name.toLowerCase());
  const untyped = names.filter(
    (name) =>
      name !== '[content_types].xml' &&
      !typed.has(name) &&
      !extensions.has(name.slice(name.lastIndexOf('.') + 1)),
  );
  return [...untyped, ...[...typed].filter((name) => name !== '' && !names.includes(name))];
}
