import { QuireError } from '#shared/domain/errors.ts';
import type {
  ParagraphAddress,
  RedlineInstructions,
  RedlineParagraph,
} from '#shared/domain/redline.ts';
import { rewriteZip } from '../rewrite-zip.ts';
import { addComments, type NewComment } from './redline/comments.ts';
import { refuseContradictions } from './redline/contradictions.ts';
import { expectedTexts } from './redline/expected.ts';
import { shareLastMarks } from './redline/last-marks.ts';
import { isRedlined, paragraphsOfPackage } from './redline/paragraphs.ts';
import { type PartPlan, type PlanContext, planChange, planOf } from './redline/plan.ts';
import { acceptAll, rejectAll } from './redline/resolve.ts';
import {
  type AnnotationIds,
  createAnnotationIds,
  createRevisionTags,
  wordPrefixOf,
} from './redline/revision-tags.ts';
import {
  descendantsOf,
  encodePart,
  parseSource,
  type SourceElement,
} from './redline/source-tree.ts';
import { openWordPackage, type WordPackage, type WordPart } from './redline/word-parts.ts';
import { writePart } from './redline/write-blocks.ts';

/** What a redline of this base can be about. Tracked changes that it has count as accepted, as they do in Word's own comparison. */
export function redlineParagraphs(base: Uint8Array): readonly RedlineParagraph[] {
  return paragraphsOfPackage(acceptAll(base));
}

/**
 * The base with changes as tracked changes and with remarks in its margin: to accept all gives the revised text, to reject all that of
 * the base, with every run's properties as they were. Changes that the base has already count as accepted: they are settled before, so
 * that everything tracked in the result is of these instructions. Parts that nothing is said about stay byte for byte, settings and
 * document properties among them. Differences that are in the format only are not written. Both readings of the result are compared
 * with what they must be before it is given back; a result that fails is an `internal_error`, never a file.
 */
export function redlineDocx(base: Uint8Array, instructions: RedlineInstructions): Uint8Array {
  const settled = acceptAll(base);
  const { word, plans, comments, ids, context } = openBase(settled, instructions);
  for (const change of instructions.changes) planChange(change, context);
  for (const { at, range, text } of instructions.comments ?? []) {
    const part = context.partOf(at);
    planOf(at, part).remarks.push({ range, ...context.remark(at, text, part) });
  }
  const changes = new Map<string, Uint8Array>();
  for (const plan of plans.values()) {
    refuseContradictions(plan);
    shareLastMarks(plan);
    changes.set(plan.name, encodePart(plan.part, writePart(plan)));
  }
  const { file, main } = word;
  const commentParts = addComments(comments, instructions, { file, main, ids });
  const result = rewriteZip(settled, new Map([...changes, ...commentParts]));
  verify(result, settled, { word, plans });
  return result;
}

interface OpenBase {
  readonly word: WordPackage;
  /** Of the parts that anything is said about, by name. */
  readonly plans: ReadonlyMap<string, PartPlan>;
  readonly comments: readonly NewComment[];
  readonly ids: AnnotationIds;
  readonly context: PlanContext;
}

function openBase(settled: Uint8Array, instructions: RedlineInstructions): OpenBase {
  const word = openWordPackage(settled);
  const ids = createAnnotationIds(takenIds(word));
  const plans = new Map<string, PartPlan>();
  const comments: NewComment[] = [];
  const context: PlanContext = {
    partOf(address) {
      const found = word.parts.find((part) => isAt(part, address));
      if (found === undefined) throw unknownPart(address);
      const known = plans.get(found.name);
      if (known !== undefined) return known;
      const plan = openPart(found.name, word, { instructions, ids });
      plans.set(found.name, plan);
      return plan;
    },
    remark(address, text, { tags }) {
      if (address.part === 'header' || address.part === 'footer') throw noRemarkThere(address);
      const id = ids.next();
      comments.push({ id, text });
      return { startXml: tags.commentStart(id), endXml: tags.commentEnd(id) };
    },
  };
  return { word, plans, comments, ids, context };
}

function isAt(part: WordPart, { part: kind, story = 1 }: ParagraphAddress): boolean {
  return part.kind === kind && (part.story ?? 1) === story;
}

function openPart(
  name: string,
  { file }: WordPackage,
  made: { readonly instructions: RedlineInstructions; readonly ids: AnnotationIds },
): PartPlan {
  const part = parseSource(file.read(name) ?? new Uint8Array());
  const { prefix } = wordPrefixOf(part);
  return {
    name,
    part,
    tags: createRevisionTags(prefix, made.instructions, made.ids),
    paragraphs: [...descendantsOf(part.root, 'w:p')],
    plans: new Map(),
    deletedRows: new Set(),
    before: new Map(),
    after: new Map(),
  };
}

/** Numbers of bookmarks, remarks and the like: a new one must not be any of them. */
function takenIds({ file, parts }: WordPackage): ReadonlySet<number> {
  const taken = new Set<number>();
  const visit = ({ attributes, children }: SourceElement) => {
    const id = Number(attributes['w:id']);
    if (Number.isInteger(id)) taken.add(id);
    for (const child of children) visit(child);
  };
  for (const part of parts) {
    const bytes = part.kind === 'definitions' ? undefined : file.read(part.name);
    if (bytes !== undefined) visit(parseSource(bytes).root);
  }
  return taken;
}

/** Empty paragraphs aside: those hold no text, and the last of a container may have to stay. */
function verify(
  result: Uint8Array,
  settled: Uint8Array,
  { word, plans }: Pick<OpenBase, 'word' | 'plans'>,
): void {
  const revised = word.parts.filter(isRedlined).flatMap(({ name }) => {
    const plan = plans.get(name) ?? unchangedPlan(name, word);
    return expectedTexts(plan);
  });
  const isBase = areEqual(textsOf(rejectAll(result)), textsOf(settled));
  const isRevised = areEqual(textsOf(acceptAll(result)), revised);
  if (isBase && isRevised) return;
  throw new QuireError(
    'internal_error',
    'Expected the redline to read as the base when rejected and as the revised text when accepted; it does not. Please report it.',
    { details: { isBase, isRevised } },
  );
}

function unchangedPlan(name: string, word: WordPackage): PartPlan {
  const instructions = { author: '', initials: '', date: '', changes: [] };
  return openPart(name, word, { instructions, ids: createAnnotationIds(new Set()) });
}

function textsOf(bytes: Uint8Array): string[] {
  return paragraphsOfPackage(bytes).map(({ text }) => text);
}

function areEqual(left: readonly string[], right: readonly string[]): boolean {
  const isFull = (text: string) => text !== '';
  const [one, other] = [left.filter(isFull), right.filter(isFull)];
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function unknownPart({ part, story = 1 }: ParagraphAddress): QuireError {
  return new QuireError(
    'internal_error',
    'Expected the address of a part that the base has; it has none. Take addresses from redlineParagraphs.',
    { details: { part, story } },
  );
}

function noRemarkThere({ part }: ParagraphAddress): QuireError {
  return new QuireError(
    'internal_error',
    'Expected a remark on the body or a note; Word has none in headers and footers. Put it on the body.',
    { details: { part } },
  );
}
