import type { RedlineComment, RedlineInstructions } from '#shared/domain/redline.ts';
import { describePart } from './lines.ts';
import type { PairedPart } from './paired-parts.ts';
import { redlinePart } from './redline-part.ts';
import { addressOf, type RedlineDraft, remark } from './redline-passages.ts';

/** A remark for the margin, on a line of one of the versions. */
export interface LineRemark {
  /** Index among the paired parts. */
  readonly part: number;
  readonly base?: number;
  readonly revised?: number;
  readonly isMoved: boolean;
  readonly text: string;
}

/** The redline of a base, and what it cannot show, in sentences. */
export interface DraftedRedline {
  readonly instructions: RedlineInstructions;
  readonly remarks: readonly string[];
}

/** Tracked changes and comments that make the base the revised document. */
export function draftRedline(
  parts: readonly PairedPart[],
  lineRemarks: readonly LineRemark[],
  byline: Pick<RedlineInstructions, 'author' | 'date'>,
): DraftedRedline {
  const draft: RedlineDraft = { changes: [], remarks: new Map() };
  const comments: RedlineComment[] = [];
  for (const [index, { base, revised, pairs }] of parts.entries()) {
    const own = lineRemarks.filter(({ part }) => part === index);
    if (base === undefined) {
      const isEmpty = revised?.lines.every((line) => line.isEmpty) ?? true;
      if (!isEmpty && revised !== undefined) {
        remark(
          draft,
          `The ${describePart(revised)} of the revised document is not in the redline, since the base has none.`,
        );
      }
      continue;
    }
    const hasMargin = base.kind !== 'header' && base.kind !== 'footer';
    const atNewPlace = new Map(
      own.flatMap(({ revised: line, base: old, isMoved, text }) =>
        line !== undefined && (old === undefined || isMoved) ? [[line, text] as const] : [],
      ),
    );
    const now = revised ?? { kind: base.kind, story: base.story, lines: [] };
    const commentOf = (line: number) => (hasMargin ? atNewPlace.get(line) : undefined);
    redlinePart({ base, revised: now, pairs, commentOf }, draft);
    for (const { base: line, isMoved, text } of hasMargin ? own : []) {
      const passage = line === undefined ? undefined : base.lines[line]?.passages[0];
      if (passage !== undefined && !isMoved) comments.push({ at: addressOf(passage), text });
    }
  }
  return {
    instructions: {
      ...byline,
      initials: initialsOf(byline.author),
      changes: draft.changes,
      comments,
    },
    remarks: [...draft.remarks].map(([sentence, count]) =>
      count === 1 ? sentence : `${sentence} (${count} places)`,
    ),
  };
}

function initialsOf(author: string): string {
  const letters = author.match(/(?<!\p{L})\p{L}/gu) ?? [];
  return letters.slice(0, 3).join('').toUpperCase() || 'Q';
}
