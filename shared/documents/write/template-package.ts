import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../opc.ts';
import { rewriteZip, type ZipChanges } from '../rewrite-zip.ts';
import { parseXml } from '../xml.ts';
import { openZip } from '../zip.ts';
import { officeRelationships, type Part, relationshipsName, relativeTarget } from './package.ts';
import { element, xmlDeclaration } from './xml-writer.ts';

/** A relationship as it stands in the file, external ones included. */
interface RawRelationship {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly mode: string | undefined;
  /** Not of the template: its id may have been another relationship's. */
  readonly isNew: boolean;
}

/** A user's Office file into which content is put. What is not changed here stays byte for byte. */
export interface TemplatePackage {
  readonly file: OpcPackage;
  readonly mainPart: string;
  /** A name for a new part that is free: `ppt/slides/slide%.xml` with a number for `%`. */
  freeName(pattern: string): string;
  add(part: Omit<Part, 'content'> & { readonly content: string | Uint8Array }): void;
  /** New content for a part that is there. */
  replace(name: string, content: string): void;
  contentTypeIs(name: string, contentType: string): void;
  /** Adds a relationship and gives its id. */
  relate(from: string, link: { readonly type: string; readonly target: string }): string;
  /** Takes out relationships, of the package for `''`. Parts that nothing leads to any more go as well. */
  unrelate(from: string, isUnwanted: (type: string) => boolean): void;
  write(): Uint8Array;
}

/** Opens a template; throws `unsupported_format` unless its main part has one of the content types. */
export function openTemplate(
  bytes: Uint8Array,
  isExpected: (contentType: string) => boolean,
): TemplatePackage {
  const file = openPackage(bytes);
  if (file === undefined) throw unexpected();
  const mainPart = mainPartOf(file);
  if (!isExpected(file.contentTypeOf(mainPart) ?? '')) throw unexpected();
  const names = new Set(openZip(bytes).names);
  const changes = new Map<string, Uint8Array | undefined>();
  const types = new Map<string, string>();
  const relationships = new Map<string, RawRelationship[]>();
  const taken = new Set([...names].map((name) => name.toLowerCase()));
  const own = (part: string): RawRelationship[] => {
    const known = relationships.get(part) ?? readRelationships(file, part);
    relationships.set(part, known);
    return known;
  };
  return {
    file,
    mainPart,
    freeName(pattern) {
      for (let number = 1; ; number += 1) {
        const name = pattern.replace('%', String(number));
        if (taken.has(name.toLowerCase())) continue;
        taken.add(name.toLowerCase());
        return name;
      }
    },
    add({ name, contentType, content }) {
      changes.set(name, bytesOf(content));
      types.set(name, contentType);
    },
    replace(name, content) {
      changes.set(name, bytesOf(content));
    },
    contentTypeIs(name, contentType) {
      types.set(name, contentType);
    },
    relate(from, { type, target }) {
      const known = own(from);
      const id = freeId(known);
      const folder = from.slice(0, from.lastIndexOf('/') + 1);
      const fullType = type.includes('/') ? type : `${officeRelationships}/${type}`;
      const link = {
        id,
        type: fullType,
        target: relativeTarget(folder, target),
        mode: undefined,
        isNew: true,
      };
      known.push(link);
      return id;
    },
    unrelate(from, isUnwanted) {
      const kept = own(from).filter(({ type }) => !isUnwanted(type.split('/').at(-1) ?? ''));
      relationships.set(from, kept);
    },
    write() {
      for (const [part, links] of relationships) {
        if (links.length === 0 && file.read(relationshipsName(part)) === undefined) continue;
        changes.set(relationshipsName(part), bytesOf(relationshipsXml(links)));
      }
      const removed = unreachable({ names, changes, relationships, file });
      for (const name of removed) changes.set(name, undefined);
      const contentTypes = file.read('[Content_Types].xml') ?? new Uint8Array();
      changes.set('[Content_Types].xml', bytesOf(contentTypesXml(contentTypes, types, removed)));
      return rewriteZip(bytes, changes);
    },
  };
}

function unexpected(): QuireError {
  return new QuireError(
    'unsupported_format',
    'Expected a template of the same kind as the result (DOCX or DOTX, PPTX or POTX), got another file. Send one that Office opens.',
  );
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function readRelationships(file: OpcPackage, part: string): RawRelationship[] {
  const bytes = file.read(relationshipsName(part));
  if (bytes === undefined) return [];
  return parseXml(bytes).children.map(({ attributes }) => ({
    id: attributes['Id'] ?? '',
    type: attributes['Type'] ?? '',
    target: attributes['Target'] ?? '',
    mode: attributes['TargetMode'],
    isNew: false,
  }));
}

function freeId(known: readonly RawRelationship[]): string {
  const taken = new Set(known.map(({ id }) => id));
  let number = known.length + 1;
  while (taken.has(`rId${number}`)) number += 1;
  return `rId${number}`;
}

function relationshipsXml(links: readonly RawRelationship[]): string {
  const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const elements = links.map(({ id, type, target, mode }) =>
    element('Relationship', { Id: id, Type: type, Target: target, TargetMode: mode }),
  );
  return xmlDeclaration + element('Relationships', { xmlns: namespace }, ...elements);
}

interface PartsToWalk {
  readonly names: ReadonlySet<string>;
  readonly changes: ZipChanges;
  readonly relationships: ReadonlyMap<string, readonly RawRelationship[]>;
  readonly file: OpcPackage;
}

/** Parts of the template that were reached before and are not any more, with their relationships. */
function unreachable({ names, changes, relationships, file }: PartsToWalk): string[] {
  const before = reach((part) => file.relationshipsOf(part).map(({ target }) => target));
  const after = reach((part) => {
    const links = relationships.get(part);
    const isKept = (id: string) =>
      links === undefined || links.some((link) => link.id === id && !link.isNew);
    const kept = file.relationshipsOf(part).filter(({ id }) => isKept(id));
    return kept.map(({ target }) => target);
  });
  return [...names].filter((name) => {
    const part = partOfRelationships(name) ?? name.toLowerCase();
    return before.has(part) && !after.has(part) && !changes.has(name);
  });
}

function reach(targetsOf: (part: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>(['']);
  const waiting = [''];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    for (const target of targetsOf(part)) {
      if (seen.has(target.toLowerCase())) continue;
      seen.add(target.toLowerCase());
      waiting.push(target);
    }
  }
  return seen;
}

/** `ppt/slides/_rels/slide1.xml.rels` → `ppt/slides/slide1.xml`. */
function partOfRelationships(name: string): string | undefined {
  const match = /^(.*?)_rels\/([^/]+)\.rels$/i.exec(name);
  return match === null ? undefined : `${match[1]}${match[2]}`.toLowerCase();
}

function contentTypesXml(
  bytes: Uint8Array,
  added: ReadonlyMap<string, string>,
  removed: readonly string[],
): string {
  const gone = new Set([...removed, ...added.keys()].map((name) => `/${name}`.toLowerCase()));
  const kept = parseXml(bytes).children.filter(
    ({ attributes }) => !gone.has((attributes['PartName'] ?? '').toLowerCase()),
  );
  const defaults = kept.filter(({ attributes }) => attributes['Extension'] !== undefined);
  const overrides = kept.filter(({ attributes }) => attributes['PartName'] !== undefined);
  const namespace = 'http://schemas.openxmlformats.org/package/2006/content-types';
  return (
    xmlDeclaration +
    element(
      'Types',
      { xmlns: namespace },
      ...defaults.map(({ attributes }) => element('Default', attributes)),
      ...overrides.map(({ attributes }) => element('Override', attributes)),
      ...[...added].map(([name, contentType]) =>
        element('Override', { PartName: `/${name}`, ContentType: contentType }),
      ),
    )
  );
}
