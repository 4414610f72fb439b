import { brokenTags, type TaggedPiece } from '#shared/domain/inline-tags.ts';
import type { Mark, Scope } from './inline.ts';

/** What a tag stands for, and where it may go. */
export interface Tagged {
  readonly item: Scope | Mark;
  /** Tag of the innermost wrapper around it, 0 for the segment itself. */
  readonly wrapper: number;
}

/** By number, what the tags of a segment stand for. */
export function indexTags(root: Scope): ReadonlyMap<number, Tagged> {
  const tagged = new Map<number, Tagged>();
  const visit = (scope: Scope, wrapper: number) => {
    for (const item of scope.items) {
      if (item.type === 'stretch') continue;
      tagged.set(item.tag, { item, wrapper });
      if (item.type === 'scope') visit(item, item.isWrapper ? item.tag : wrapper);
    }
  };
  visit(root, 0);
  return tagged;
}

/** Throws `tags_broken` unless each tag comes once, as what it is, within its wrapper; atoms that keep their order must be in order. */
export function checkTags(scope: Scope, pieces: readonly TaggedPiece[], segmentId: string): void {
  const checking: Checking = { left: new Map(indexTags(scope)), lastOfKey: new Map() };
  if (!arePlaced(pieces, 0, checking) || checking.left.size > 0) throw brokenTags(segmentId);
}

interface Checking {
  readonly left: Map<number, Tagged>;
  /** Last tag so far of each key of atoms that keep their order. */
  readonly lastOfKey: Map<string, number>;
}

function arePlaced(pieces: readonly TaggedPiece[], wrapper: number, checking: Checking): boolean {
  return pieces.every((piece) => {
    if (piece.type === 'text') return true;
    const known = checking.left.get(piece.tag);
    checking.left.delete(piece.tag);
    if (known?.wrapper !== wrapper) return false;
    const { item } = known;
    if (item.type === 'mark') return piece.type === 'mark' && isInOrder(item, checking.lastOfKey);
    if (piece.type !== 'group') return false;
    return arePlaced(piece.content, item.isWrapper ? piece.tag : wrapper, checking);
  });
}

function isInOrder({ tag, atom }: Mark, lastOfKey: Map<string, number>): boolean {
  const keys = atom.orderKeys ?? [];
  const isBehind = keys.every((key) => (lastOfKey.get(key) ?? 0) <= tag);
  for (const key of keys) lastOfKey.set(key, tag);
  return isBehind;
}
