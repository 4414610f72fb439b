import { QuireError } from '#shared/domain/errors.ts';
import { parseXml, type XmlElement } from './xml.ts';
import { openZip, type ZipArchive } from './zip.ts';

/** A link from the package or one of its parts to another part. */
export interface Relationship {
  readonly id: string;
  /** Last word of the type, for example `officeDocument`: transitional and strict files differ in what is before it. */
  readonly type: string;
  /** Name of the part, without a leading slash. */
  readonly target: string;
}

/** An Office file: parts, their content types and the relationships among them (ISO 29500-2). */
export interface OpcPackage {
  /** Content type of a part in lower case, `undefined` if the package does not say. */
  contentTypeOf(part: string): string | undefined;
  /** Relationships of a part, of the package for `''`. External ones are left out: nothing outside the file is ever followed. */
  relationshipsOf(part: string): readonly Relationship[];
  /** Addresses outside the file that hyperlinks of a part lead to, by relationship. They are read as text and never followed. */
  hyperlinksOf(part: string): ReadonlyMap<string, string>;
  /** Bytes of a part, `undefined` if the package has no such part. */
  read(part: string): Uint8Array | undefined;
}

/** Opens a ZIP as an Office package; `undefined` if it is a ZIP of another kind. */
export function openPackage(bytes: Uint8Array): OpcPackage | undefined {
  const archive = openZip(bytes);
  const contentTypes = archive.read('[Content_Types].xml');
  if (contentTypes === undefined) return undefined;
  const types = readContentTypes(parseXml(contentTypes));
  return {
    contentTypeOf(part) {
      const name = part.toLowerCase();
      const extension = name.slice(name.lastIndexOf('.') + 1);
      return types.get(`/${name}`) ?? types.get(extension);
    },
    relationshipsOf: (part) => readRelationships(archive, part),
    hyperlinksOf: (part) => readHyperlinks(archive, part),
    read: (part) => archive.read(part),
  };
}

/** The part that a package is about; a package without one is no Office file. */
export function mainPartOf(file: OpcPackage): string {
  const main = file.relationshipsOf('').find((each) => each.type === 'officeDocument');
  if (main !== undefined) return main.target;
  throw new QuireError(
    'corrupt_file',
    'Expected an Office file with a main part; it names none. Save it again with an Office program.',
  );
}

/** Both kinds of rule in one map: `/part/name` and `extension` cannot be confused. */
function readContentTypes(root: XmlElement): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { attributes } of root.children) {
    const key = attributes['PartName'] ?? attributes['Extension'] ?? '';
    types.set(key.toLowerCase(), (attributes['ContentType'] ?? '').toLowerCase());
  }
  return types;
}

function readRelationships(archive: ZipArchive, part: string): Relationship[] {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  return relationshipElementsOf(archive, part)
    .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
    .map(({ attributes }) => ({
      id: attributes['Id'] ?? '',
      type: lastWordOf(attributes['Type']),
      target: resolveTarget(folder, attributes['Target'] ?? ''),
    }));
}

function readHyperlinks(archive: ZipArchive, part: string): ReadonlyMap<string, string> {
  const links = relationshipElementsOf(archive, part).filter(
    ({ attributes }) =>
      attributes['TargetMode'] === 'External' && lastWordOf(attributes['Type']) === 'hyperlink',
  );
  return new Map(
    links.map(({ attributes }) => [attributes['Id'] ?? '', attributes['Target'] ?? '']),
  );
}

function relationshipElementsOf(archive: ZipArchive, part: string): readonly XmlElement[] {
  const cut = part.lastIndexOf('/') + 1;
  const bytes = archive.read(`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`);
  return bytes === undefined ? [] : parseXml(bytes).children;
}

function lastWordOf(type: string | undefined): string {
  return (type ?? '').split('/').at(-1) ?? '';
}

/** `..` at the top stays at the top, so a target never leaves the package. */
function resolveTarget(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
