import { xmlLimits } from './limits.ts';
import { nameOf } from './xml-names.ts';
import { createXmlParser } from './xml-scan.ts';
import { damaged, piecesOfXml, refuseAbove } from './xml-source.ts';

/** What happens while a part is read from its start to its end. Names have the prefixes of {@link nameOf}. */
export interface XmlEvents {
  open(name: string, attributes: XmlAttributes): void;
  /** A run of text; neighbouring runs may come in pieces. */
  text(text: string): void;
  close(name: string): void;
}

export type XmlAttributes = Readonly<Record<string, string>>;

/**
 * Reads a part and keeps nothing of it: for parts too large for a tree, and for mixed content. A document type declaration, too many
 * elements and too many levels are refused as everywhere.
 */
export function walkXml(bytes: Uint8Array, events: XmlEvents): void {
  const namespaces = createNamespaces();
  const open: { readonly name: string; readonly declares: boolean }[] = [];
  let nodes = 0;

  const parser = createXmlParser({
    open(qualifiedName, attributes, isQualified) {
      nodes += 1;
      refuseAbove('elements in a part', nodes, xmlLimits.nodes);
      refuseAbove('levels of elements', open.length + 1, xmlLimits.depth);
      const declares = isQualified && namespaces.enter(attributes);
      const name = namespaces.nameOfElement(qualifiedName);
      open.push({ name, declares });
      events.open(name, isQualified ? namespaces.attributesOf(attributes) : attributes);
    },
    text: events.text,
    close() {
      const element = open.pop();
      if (element === undefined) return;
      if (element.declares) namespaces.leave();
      events.close(element.name);
    },
  });
  for (const text of piecesOfXml(bytes)) parser.write(text);
  parser.close();
}

/** Prefixes in scope (Namespaces in XML 1.0). Answers are remembered until a declaration changes the scope. */
function createNamespaces() {
  const scopes: ReadonlyMap<string, string>[] = [
    new Map([
      ['', ''],
      ['xml', 'http://www.w3.org/XML/1998/namespace'],
    ]),
  ];
  const known = new Map<string, string>();
  const knownAttributes = new Map<string, string>();

  const resolve = (prefix: string, local: string): string => {
    const namespace = scopes.at(-1)?.get(prefix);
    if (namespace === undefined) throw damaged();
    return nameOf(namespace, local);
  };
  const resolveElement = (qualifiedName: string): string => {
    const colon = qualifiedName.indexOf(':');
    return resolve(qualifiedName.slice(0, Math.max(colon, 0)), qualifiedName.slice(colon + 1));
  };

  const nameOfAttribute = (qualifiedName: string): string => {
    const before = knownAttributes.get(qualifiedName);
    if (before !== undefined) return before;
    const colon = qualifiedName.indexOf(':');
    const hasPrefix = colon >= 0 && !isDeclaration(qualifiedName);
    const name = hasPrefix ? resolveElement(qualifiedName) : qualifiedName;
    knownAttributes.set(qualifiedName, name);
    return name;
  };

  return {
    /** Whether the element declares namespaces; {@link leave} must then be called at its end. */
    enter(attributes: XmlAttributes): boolean {
      let scope: Map<string, string> | undefined;
      for (const name in attributes) {
        if (!isDeclaration(name)) continue;
        scope ??= new Map(scopes.at(-1));
        scope.set(name.slice(6), attributes[name] ?? '');
      }
      if (scope === undefined) return false;
      scopes.push(scope);
      known.clear();
      knownAttributes.clear();
      return true;
    },
    leave(): void {
      scopes.pop();
      known.clear();
      knownAttributes.clear();
    },
    nameOfElement(qualifiedName: string): string {
      const before = known.get(qualifiedName);
      if (before !== undefined) return before;
      const name = resolveElement(qualifiedName);
      known.set(qualifiedName, name);
      return name;
    },
    attributesOf(attributes: XmlAttributes): XmlAttributes {
      const resolved: Record<string, string> = {};
      for (const name in attributes) resolved[nameOfAttribute(name)] = attributes[name] ?? '';
      return resolved;
    },
  };
}

function isDeclaration(attribute: string): boolean {
  return attribute.startsWith('xmlns') && (attribute.length === 5 || attribute[5] === ':');
}
