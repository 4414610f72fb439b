import type { OpcPackage } from '../../opc.ts';
import { parseXml, type XmlElement } from '../../xml.ts';

/** What the ids of relationships in a part stand for. */
export interface Relations {
  /** Where a hyperlink leads, as written in the file. */
  hyperlink(id: string | undefined): string | undefined;
  /** The first part of that type. */
  first(type: string): XmlElement | undefined;
  /** All parts of that type, each once, in the order of the file. */
  all(type: string): readonly RelatedPart[];
  /** A part, parsed the first time it is asked for and `undefined` ever after: no text comes twice. */
  takeOnce(id: string | undefined): XmlElement | undefined;
}

export interface RelatedPart {
  readonly name: string;
  readonly ids: readonly string[];
}

export function relationsOf(file: OpcPackage, part: string, taken: Set<string>): Relations {
  const relationships = file.relationshipsOf(part);
  const targets = new Map(relationships.map(({ id, target }) => [id, target]));
  let hyperlinks: ReadonlyMap<string, string> | undefined;
  const parse = (name: string | undefined) => {
    const bytes = name === undefined ? undefined : file.read(name);
    return bytes === undefined ? undefined : parseXml(bytes);
  };
  return {
    hyperlink(id = '') {
      hyperlinks ??= file.hyperlinksOf(part);
      return hyperlinks.get(id);
    },
    first: (type) => parse(relationships.find((each) => each.type === type)?.target),
    all(type) {
      const ids = new Map<string, string[]>();
      for (const { id, target } of relationships.filter((each) => each.type === type)) {
        ids.set(target, [...(ids.get(target) ?? []), id]);
      }
      return [...ids].map(([name, own]) => ({ name, ids: own }));
    },
    takeOnce(id = '') {
      const name = targets.get(id);
      if (name === undefined || taken.has(name)) return undefined;
      taken.add(name);
      return parse(name);
    },
  };
}
