import { SaxesParser } from 'saxes';
import { QuireError } from '#shared/domain/errors.ts';
import { xmlLimits } from './limits.ts';
import { nameOf } from './xml-names.ts';

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
  // Namespaces are resolved here: the parser does it anew for every element and attribute, which doubles the time.
  const parser = new SaxesParser({ xmlns: false, position: false });
  const namespaces = createNamespaces();
  const open: { readonly name: string; readonly declares: boolean }[] = [];
  let nodes = 0;

  parser.on('error', (cause) => {
    throw damagedXml(cause);
  });
  parser.on('doctype', () => {
    throw forbiddenXml();
  });
  parser.on('opentag', ({ name: qualifiedName, attributes }) => {
    nodes += 1;
    refuseAbove('elements in a part', nodes, xmlLimits.nodes);
    refuseAbove('levels of elements', open.length + 1, xmlLimits.depth);
    const isPlain = !hasNamespaces(attributes);
    const declares = !isPlain && namespaces.enter(attributes);
    const name = namespaces.nameOfElement(qualifiedName);
    open.push({ name, declares });
    events.open(name, isPlain ? attributes : namespaces.attributesOf(attributes));
  });
  const addText = (text: string) => events.text(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    if (element.declares) namespaces.leave();
    events.close(element.name);
  });
  for (const text of decodeXml(bytes)) parser.write(text);
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

  const resolve = (prefix: string, local: string): string => {
    const namespace = scopes.at(-1)?.get(prefix);
    if (namespace === undefined) throw damagedXml();
    return nameOf(namespace, local);
  };
  const resolveElement = (qualifiedName: string): string => {
    const colon = qualifiedName.indexOf(':');
    return resolve(qualifiedName.slice(0, Math.max(colon, 0)), qualifiedName.slice(colon + 1));
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
      return true;
    },
    leave(): void {
      scopes.pop();
      known.clear();
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
      for (const name in attributes) {
        const colon = name.indexOf(':');
        const hasPrefix = colon >= 0 && !isDeclaration(name);
        const key = hasPrefix ? resolve(name.slice(0, colon), name.slice(colon + 1)) : name;
        resolved[key] = attributes[name] ?? '';
      }
      return resolved;
    },
  };
}

/** Whether there is a declaration of a namespace or an attribute with a prefix, which is rare. */
function hasNamespaces(attributes: XmlAttributes): boolean {
  for (const name in attributes) {
    if (name.includes(':') || name === 'xmlns') return true;
  }
  return false;
}

function isDeclaration(attribute: string): boolean {
  return attribute.startsWith('xmlns') && (attribute.length === 5 || attribute[5] === ':');
}

const chunkSizeInBytes = 64 * 1024;

/** The text of a part, piece by piece. */
export function* decodeXml(bytes: Uint8Array): Generator<string> {
  try {
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    for (let at = 0; at < bytes.length; at += chunkSizeInBytes) {
      yield decoder.decode(bytes.subarray(at, at + chunkSizeInBytes), { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    throw damagedXml(cause);
  }
}

/** A mark at the start, else the pattern of the first two characters, else what the declaration says (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff || second === 0) return 'utf-16le';
  if (first === 0xfe || first === 0) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

export function refuseAbove(what: string, actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QuireError(
    'archive_unsafe',
    `Expected at most ${limit} ${what}, the file has more. Split it, or save it again with an Office program.`,
    { details: { limit } },
  );
}

export function forbiddenXml(): QuireError {
  return new QuireError(
    'xml_forbidden',
    'Expected XML without a document type declaration; a part of the file has one. Save it again with an Office program.',
  );
}

export function damagedXml(cause?: unknown): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected well-formed XML; a part of the file is not. Save it again with the program that made it.',
    { cause },
  );
}
