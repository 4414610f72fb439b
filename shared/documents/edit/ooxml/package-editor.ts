import { QuireError } from '#shared/domain/errors.ts';
import {
  allInFirstGroup,
  escapeText,
  parseTagged,
  withoutTags,
} from '#shared/domain/inline-tags.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../../opc.ts';
import { decodePart } from '../../placed-xml.ts';
import { rewriteZip } from '../../rewrite-zip.ts';
import type { EditableFile, EditOptions, Segment } from '../segments.ts';
import type { Block, PartWalk, WalkPart } from './blocks.ts';
import { type Composition, composeScope } from './compose.ts';
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
      for (const each of foundIn(part, result)) {
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

/** The blocks of a part that have text. */
function foundIn(part: string, { blocks }: PartWalk): Found[] {
  const inFile = (name: string) => (name.startsWith('/') ? name : `${part} ${name}`);
  return blocks.flatMap((block, index) => {
    const { kind, place, origins, echo } = block;
    const text = textOf(block);
    const plain = withoutTags(text);
    if (plain.trim() === '') return [];
    const segment: Segment = { id: `${part}#${index + 1}`, kind, place, text };
    const found: Found = {
      part,
      index,
      segment,
      plain,
      ...(origins === undefined ? {} : { origins: origins.map(inFile) }),
      ...(echo === undefined ? {} : { echo: { ...echo, of: inFile(echo.of) } }),
    };
    return [found];
  });
}

function editableFile(
  bytes: Uint8Array,
  { file, walks, found, ending }: Collected,
  options: EditOptions,
): EditableFile {
  const targets = targetsOf(found);
  const segments = [...targets.values()].map(([first]) => first.segment);
  const { revise = (texts) => texts, untouched } = ending;
  const { isForced = false } = options;
  return {
    segments,
    ...(untouched === undefined ? {} : { untouched }),
    write(texts) {
      const wanted: WantedTexts = new Map();
      for (const [id, text] of revise(texts)) {
        const group = targets.get(id);
        if (group === undefined) throw unknownSegment(id);
        if (isForced || text !== group[0].segment.text) addWanted(wanted, group, text);
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

/** By part and the index of the block. */
type WantedTexts = Map<string, Map<number, string>>;

/** An echo that is formatted otherwise than its origin gets the text without tags of its own. */
function addWanted(wanted: WantedTexts, group: readonly [Found, ...Found[]], text: string): void {
  for (const { part, index, segment } of group) {
    const isAlike = segment.text === group[0].segment.text;
    const own = isAlike ? text : allInFirstGroup(segment, withoutTags(text));
    const ofPart = wanted.get(part) ?? new Map<number, string>();
    wanted.set(part, ofPart.set(index, own));
  }
}

type Targets = Map<string, readonly [Found, ...Found[]]>;

/** By the id of each segment, where its text stands: first its own place, then its echoes. */
function targetsOf(found: readonly Found[]): Targets {
  const originOf = createOrigins(found);
  const targets = new Map<string, [Found, ...Found[]]>();
  const echoes: { readonly echo: Found; readonly origin: Found }[] = [];
  for (const each of found) {
    const origin = originOf(each);
    if (origin !== undefined) echoes.push({ echo: each, origin });
    else if (each.echo?.isNothingByItself !== true) targets.set(each.segment.id, [each]);
  }
  for (const { echo, origin } of echoes) targets.get(origin.segment.id)?.push(echo);
  return targets;
}

/** Finds what an echo repeats: of several origins with the same text the first for the first echo, and so on. */
function createOrigins(found: readonly Found[]): (echo: Found) => Found | undefined {
  const keyOf = (name: string, plain: string) => `${name}\n${plain}`;
  const origins = new Map<string, Found[]>();
  for (const each of found) {
    for (const name of each.origins ?? []) {
      const key = keyOf(name, each.plain);
      const known = origins.get(key);
      if (known === undefined) origins.set(key, [each]);
      else known.push(each);
    }
  }
  const counts = new Map<string, number>();
  return ({ echo, plain }) => {
    if (echo === undefined) return undefined;
    const key = keyOf(echo.of, plain);
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const known = origins.get(key) ?? [];
    return known[Math.min(count, known.length - 1)];
  };
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
