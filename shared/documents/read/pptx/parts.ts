import type { OpcPackage } from '../../opc.ts';
import { parseXml, type XmlElement } from '../../xml.ts';
import type { Tally } from '../tally.ts';
import type { leftOutOfSlides } from './left-out.ts';
import { hyperlinkTargets } from './links.ts';

/** A part with what it refers to. */
export interface Part {
  readonly root: XmlElement;
  /** Name of the part that a relationship id stands for. */
  target(id: string | undefined): string | undefined;
  /** Names of the parts it refers to by relationships of that type, in the file's order. */
  targetsOf(type: string): readonly string[];
  /** Where a hyperlink leads, as text. */
  linkTarget(id: string): string | undefined;
}

export interface Parts {
  /**
   * A part whose text is read. Each is handed out once, so that a thousand references to one part do not make a thousand copies of its
   * text; what is missing or comes again is counted.
   */
  take(name: string | undefined): Part | undefined;
  /** A part that is only looked up, `undefined` if it is missing. */
  lookUp(name: string | undefined): Part | undefined;
}

export type SlideTally = Tally<keyof typeof leftOutOfSlides>;

export function createParts(file: OpcPackage, tally: SlideTally): Parts {
  const taken = new Set<string>();
  const lookUp = (name: string | undefined): Part | undefined => {
    const bytes = name === undefined ? undefined : file.read(name);
    return bytes === undefined || name === undefined ? undefined : describe(file, name, bytes);
  };
  return {
    lookUp,
    take(name) {
      if (name !== undefined && taken.has(name.toLowerCase())) {
        tally.add('repeated');
        return undefined;
      }
      const part = lookUp(name);
      if (part === undefined) tally.add('missing');
      if (name !== undefined) taken.add(name.toLowerCase());
      return part;
    },
  };
}

function describe(file: OpcPackage, name: string, bytes: Uint8Array): Part {
  const relationships = file.relationshipsOf(name);
  const byId = new Map(relationships.map(({ id, target }) => [id, target]));
  let links: ReadonlyMap<string, string> | undefined;
  return {
    root: parseXml(bytes),
    target: (id) => (id === undefined ? undefined : byId.get(id)),
    targetsOf: (type) =>
      relationships.filter((each) => each.type === type).map((each) => each.target),
    linkTarget(id) {
      links ??= hyperlinkTargets(file, name);
      return links.get(id);
    },
  };
}
