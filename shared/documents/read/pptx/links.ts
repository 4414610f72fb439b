import type { OpcPackage } from '../../opc.ts';
import { parseXml } from '../../xml.ts';

/** Targets of the hyperlinks of a part by relationship id, as text: nothing outside the file is ever followed. */
export function hyperlinkTargets(file: OpcPackage, part: string): ReadonlyMap<string, string> {
  const cut = part.lastIndexOf('/') + 1;
  const bytes = file.read(`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`);
  const targets = new Map<string, string>();
  if (bytes === undefined) return targets;
  for (const { attributes } of parseXml(bytes).children) {
    const isLink =
      attributes['TargetMode'] === 'External' && attributes['Type']?.endsWith('/hyperlink');
    const target = attributes['Target'] ?? '';
    if (isLink === true && target !== '') targets.set(attributes['Id'] ?? '', target);
  }
  return targets;
}
