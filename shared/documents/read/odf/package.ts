import { QuireError } from '#shared/domain/errors.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import { parseMixedXml, type XmlElement } from '../../xml.ts';
import { openZip, type ZipArchive } from '../../zip.ts';

/** An OpenDocument file (ODF 1.3 part 2). Unlike in Office Open XML the names of its parts are fixed. */
export interface OdfPackage {
  readonly content: Uint8Array;
  readonly styles: Uint8Array | undefined;
  /** As the program that saved the file wrote them down. */
  readonly title: string | undefined;
  readonly pageCount: number | undefined;
  /**
   * The content of an object in the file by the address that refers to it, for example `./Object 1`. Each is handed out once, so that
   * a thousand references to one do not make a thousand copies of its text.
   */
  takeObject(address: string): XmlElement | undefined;
}

/** Opens a file of text or slides. */
export function openOdf(bytes: Uint8Array): OdfPackage {
  const { archive, content } = openOdfArchive(bytes);
  const meta = archive.read('meta.xml');
  const taken = new Set<string>();
  return {
    content,
    styles: archive.read('styles.xml'),
    ...readMeta(meta === undefined ? undefined : parseMixedXml(meta)),
    takeObject(address) {
      const folder = address.replace(/^\.\//, '').replace(/\/$/, '');
      if (folder === '' || taken.has(folder)) return undefined;
      taken.add(folder);
      const object = archive.read(`${folder}/content.xml`);
      return object === undefined ? undefined : parseMixedXml(object);
    },
  };
}

/** Opens the archive of any file; one with a password has entries that are marked in its manifest and cannot be read. */
export function openOdfArchive(bytes: Uint8Array): { archive: ZipArchive; content: Uint8Array } {
  const archive = openZip(bytes);
  const manifest = archive.read('META-INF/manifest.xml');
  if (manifest !== undefined && isEncrypted(parseMixedXml(manifest))) throw encrypted();
  const content = archive.read('content.xml');
  if (content === undefined) throw missingContent();
  return { archive, content };
}

function isEncrypted({ name, children }: XmlElement): boolean {
  return name === 'manifest:encryption-data' || children.some(isEncrypted);
}

function readMeta(root: XmlElement | undefined) {
  const title = collapseWhiteSpace(firstIn(root, 'dc:title')?.text ?? '');
  const statistic = firstIn(root, 'meta:document-statistic')?.attributes;
  const pages = Number(statistic?.['meta:page-count'] ?? 0);
  return {
    title: title === '' ? undefined : title,
    pageCount: Number.isInteger(pages) && pages > 0 ? pages : undefined,
  };
}

/** The first element of that name, itself included. */
export function firstIn(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (element === undefined || element.name === name) return element;
  for (const child of element.children) {
    const found = firstIn(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function encrypted(): QuireError {
  return new QuireError(
    'password_protected',
    'Expected a file that opens without a password; its parts are encrypted. Remove the password and send it again.',
  );
}

function missingContent(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected an OpenDocument file with content.xml; it is missing. Save it again with the program that made it and send the new file.',
  );
}
