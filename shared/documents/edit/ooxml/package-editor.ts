import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../../opc.ts';
import { rewriteZip } from '../../rewrite-zip.ts';
import type { EditableFile, EditOptions, Segment } from '../segments.ts';
import { allInFirstGroup, escapeText, parseTagged, withoutTags } from '../tags.ts';
import type { Block, PartWalk, WalkPart } from './blocks.ts';
import { type Composition, composeScope } from './compose.ts';
import { decodePart } from './placed-xml.ts';
import { scopeOf, textOfScope } from './scopes.ts';
import { spliceEdits } from './splice.ts';

/** Collects the parts of an Office file whose text can be rewritten. */
export interface PackageEditor {
  readonly file: OpcPackage;
  readonly mainPart: string;
  /** Adds a part once; `undefined` if the package has no such part or it was added before. */
  add(part: string, walk: WalkPart): PartWalk | undefined;
  /** The segment that is the first origin of that name; `undefined` if there is none so far. */
  originOf(name: string): Segment | undefined;
  finish(ending?: Ending): EditableFile;
}

/** What a format adds to a file that is open. */
export interface Ending extends Pick<EditableFile, 'untouched'> {
  /** Called with the texts that are asked for; gives those to write. */
  readonly revise?: (texts: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
}

/** Opens an Office file. Segments have the id `part#position`, the position counting from 1 all that could be rewritten in the part. */
export function createPackageEditor(bytes: Uint8Array, options: EditOptions = {}): PackageEditor {
  const file = openPackage(bytes);
  if (file === undefined) throw noOfficeFile();
  const walks = new Map<string, WalkPart>();
  const found: Found[] = [];
  const firstOrigins = new Map<string, Segment>();
  return {
    file,
    mainPart: mainPartOf(file),
    add(part, walk) {
      const content = walks.has(part) ? undefined : file.read(part);
      if (content === undefined) return undefined;
      walks.set(part, walk);
      const result = walk(decodePart(content).text);
      for (const [index, block] of result.blocks.entries()) {
        const text = textOf(block);
        if (withoutTags(text).trim() === '') continue;
        const each = foundIn(part, index, { block, text });
        found.push(each);
        const [first] = each.origins ?? [];
        if (first !== undefined && !firstOrigins.has(first)) firstOrigins.set(first, each.segment);
      }
      return result;
    },
    originOf: (name) => firstOrigins.get(name),
    finish: (ending = {}) => editableFile(bytes, { file, walks, found, ending }, options),
  };
}

/** A block with text, without what takes memory. */
interface Found extends Pick<Block, 'origins' | 'echo'> {
  readonly part: string;
  readonly index: number;
  readonly segment: Segment;
  readonly plain: string;
}

interface Collected {
  readonly file: OpcPackage;
  readonly walks: ReadonlyMap<string, WalkPart>;
  readonly found: readonly Found[];
  readonly ending: Ending;
}

function textOf({ content }: Block): string {
  return content.type === 'inline' ? textOfScope(scopeOf(content.nodes)) : escapeText(content.text);
}

function foundIn(
  part: string,
  index: number,
  { block, text }: { readonly block: Block; readonly text: string },
): Found {
  const { kind, place, origins, echo } = block;
  const inFile = (name: string) => (name.startsWith('/') ? name : `${part} ${name}`);
  return {
    part,
    index,
    segment: { id: `${part}#${index + 1}`, kind, place, text },
    plain: withoutTags(text),
    ...(origins === undefined ? {} : { origins: origins.map(inFile) }),
    ...(echo === undefined ? {} : { echo: { ...echo, of: inFile(echo.of) } }),
  };
}

function editableFile(
  bytes: Uint8Array,
  { file, walks, found, ending }: Collected,
  options: EditOptions,
): EditableFile {
  const targets = targetsOf(found);
  const segments = [...targets.values()].map(([first]) => first.segment);
  const { revise = (texts) => texts, untouched } = ending;
  return {
    segments,
    ...(untouched === undefined ? {} : { untouched }),
    write(texts) {
      const wanted = new Map<string, Map<number, string>>();
      for (const [id, text] of revise(texts)) {
        const group = targets.get(id);
        if (group === undefined) throw unknownSegment(id);
        if (text === group[0].segment.text && options.isForced !== true) continue;
        for (const { part, index, segment } of group) {
          const own = segment.text === group[0].segment.text ? text : undefined;
          const ofPart = wanted.get(part) ?? new Map<number, string>();
          wanted.set(part, ofPart.set(index, own ?? allInFirstGroup(segment, withoutTags(text))));
        }
      }
      const changes = [...wanted].map(([part, each]) => {
        const walk = walks.get(part);
        const content = file.read(part);
        if (walk === undefined || content === undefined) throw unknownSegment(part);
        return [part, rewritePart(part, { content, walk, texts: each }, options)] as const;
      });
      return rewriteZip(bytes, new Map(changes));
    },
  };
}

/** By the id of each segment, where its text stands: first its own place, then its echoes. */
function targetsOf(found: readonly Found[]): Map<string, readonly [Found, ...Found[]]> {
  const origins = new Map<string, Found[]>();
  for (const each of found) {
    for (const name of each.origins ?? []) {
      const key = `${name}\n${each.plain}`;
      const known = origins.get(key);
      if (known === undefined) origins.set(key, [each]);
      else known.push(each);
    }
  }
  const echoCounts = new Map<string, number>();
  const targets = new Map<string, [Found, ...Found[]]>();
  const echoes: { readonly echo: Found; readonly origin: Found }[] = [];
  for (const each of found) {
    const key = `${each.echo?.of ?? ''}\n${each.plain}`;
    const known = each.echo === undefined ? [] : (origins.get(key) ?? []);
    const count = echoCounts.get(key) ?? 0;
    echoCounts.set(key, count + 1);
    const origin = known[Math.min(count, known.length - 1)];
    if (origin !== undefined) echoes.push({ echo: each, origin });
    else if (each.echo?.isNothingByItself !== true) targets.set(each.segment.id, [each]);
  }
  for (const { echo, origin } of echoes) targets.get(origin.segment.id)?.push(echo);
  return targets;
}

interface PartChange {
  readonly content: Uint8Array;
  readonly walk: WalkPart;
  /** New texts by the index of the block. */
  readonly texts: ReadonlyMap<number, string>;
}

function rewritePart(
  part: string,
  { content, walk, texts }: PartChange,
  { isForced = false }: EditOptions,
): Uint8Array {
  const source = decodePart(content);
  const { blocks } = walk(source.text);
  const edits = [...texts].flatMap(([index, text]) => {
    const block = blocks[index];
    if (block === undefined) return [];
    const { start, end } = block;
    const segmentId = `${part}#${index + 1}`;
    const compose = (cut: Composition['cut']) =>
      composeBlock(block, text, { segmentId, cut, isForced });
    return [{ start, end, compose }];
  });
  return source.encode(spliceEdits(source.text, edits));
}

function composeBlock(
  { content }: Block,
  text: string,
  composition: Omit<Composition, 'dialect'>,
): string {
  if (content.type === 'plain') return content.write(withoutTags(text));
  const pieces = parseTagged(text, composition.segmentId);
  return composeScope(scopeOf(content.nodes), pieces, { ...composition, dialect: content.dialect });
}

function noOfficeFile(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected an Office file; its list of content types is missing. Save it again with an Office program.',
  );
}

function unknownSegment(segmentId: string): QuireError {
  return new QuireError(
    'internal_error',
    'Expected the id of a segment of this file, got another; take ids from its segments.',
    { details: { segmentId } },
  );
}
