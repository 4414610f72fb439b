import { diffArrays } from 'diff';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import type {
  RedlineChange,
  RedlineInstructions,
  RedlineParagraph,
} from '#shared/domain/redline.ts';
import { wordChanges } from '#shared/workflows/word-changes.ts';

export const byline = {
  author: 'Quire & Co',
  initials: 'Q',
  date: '2026-11-21T12:00:00Z',
} as const;

/**
 * A redline from the revised texts of a document, which is aligned paragraph by paragraph: equal ones by the longest common
 * sequence, those between them in their order. `from` and `to` cut the paragraphs that are compared, so that a table is left alone.
 */
export function redlineFromTexts(
  base: Uint8Array,
  revised: readonly string[],
  from = redlineParagraphs(base),
): RedlineInstructions {
  const changes: RedlineChange[] = [];
  let at = 0;
  const texts = from.map(({ text }) => text);
  let old: RedlineParagraph[] = [];
  let added: string[] = [];
  const flush = () => {
    changes.push(
      ...changesBetween({ old, added, before: from[at - old.length - 1], next: from[at] }),
    );
    old = [];
    added = [];
  };
  for (const part of diffArrays(texts, [...revised])) {
    if (part.added) added.push(...part.value);
    else if (part.removed) {
      old.push(...from.slice(at, at + part.value.length));
      at += part.value.length;
    } else {
      flush();
      at += part.value.length;
    }
  }
  flush();
  return { ...byline, changes };
}

interface Between {
  readonly old: readonly RedlineParagraph[];
  readonly added: readonly string[];
  readonly before: RedlineParagraph | undefined;
  readonly next: RedlineParagraph | undefined;
}

function changesBetween({ old, added, before, next }: Between): RedlineChange[] {
  const changes: RedlineChange[] = [];
  for (const [index, { at, text }] of old.entries()) {
    const revised = added[index];
    if (revised === undefined) changes.push({ kind: 'delete-paragraph', at });
    else changes.push({ kind: 'rewrite', at, operations: wordChanges(text, revised) });
  }
  const rest = added.slice(old.length);
  const after = (old.at(-1) ?? before)?.at;
  const anchor = after ?? next?.at;
  if (rest.length === 0 || anchor === undefined) return changes;
  const paragraphs = rest.map((text) => ({ text, like: anchor }));
  const place = after === undefined ? { before: anchor } : { after };
  return [...changes, { kind: 'insert-paragraphs', place, paragraphs }];
}
