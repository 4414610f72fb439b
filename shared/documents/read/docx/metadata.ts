import type { OpcPackage } from '../../opc.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import { childOf, parseXml } from '../../xml.ts';

/** Title and number of pages, as the program that saved the file wrote them down. */
export function readMetadata(file: OpcPackage): { title: string; pageCount: number | undefined } {
  const core = partOf(file, 'core-properties');
  const application = partOf(file, 'extended-properties') ?? partOf(file, 'extendedProperties');
  const pages = Number(childOf(application, 'ep:Pages')?.text ?? 0);
  return {
    title: collapseWhiteSpace(childOf(core, 'dc:title')?.text ?? ''),
    pageCount: Number.isInteger(pages) && pages > 0 ? pages : undefined,
  };
}

function partOf(file: OpcPackage, type: string) {
  const found = file.relationshipsOf('').find((each) => each.type === type);
  const bytes = found === undefined ? undefined : file.read(found.target);
  return bytes === undefined ? undefined : parseXml(bytes);
}
