import type { RedlineComment, RedlineInstructions } from '#shared/domain/redline.ts';
import { describePart, type Part } from './lines.ts';
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
  for (const [index, paired] of parts.entries()) {
    const own = lineRemarks.filter(({ part }) => part === index);
    if (paired.base === undefined) noteAbsence(paired.revised, draft);
    else comments.push(...redlineExisting({ ...paired, base: paired.base }, own, draft));
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

/** A part that the base does not have. */
function noteAbsence(revised: Part | undefined, draft: RedlineDraft): void {
  if (revised === undefined || revised.lines.every((line) => line.isEmpty)) return;
  remark(
    draft,
    `The ${describePart(revised)} of the revised document is not in the redline, since the base has none.`,
  );
}

/** Writes the changes of a part and gives the comments on lines of the base; those on new lines are part of the changes. */
function redlineExisting(
  { base, revised, pairs }: PairedPart & { readonly base: Part },
  remarks: readonly LineRemark[],
  draft: RedlineDraft,
): RedlineComment[] {
  const hasMargin = base.kind !== 'header' && base.kind !== 'footer';
  const own = hasMargin ? remarks : [];
  const atNewPlace = new Map(
    own
      .filter((each) => each.base === undefined || each.isMoved)
      .map((each) => [each.revised, each.text] as const),
  );
  const now = revised ?? { kind: base.kind, story: base.story, lines: [] };
  redlinePart({ base, revised: now, pairs, commentOf: (line) => atNewPlace.get(line) }, draft);
  return own.flatMap(({ base: line, isMoved, text }) => {
    const passage = base.lines[line ?? -1]?.passages[0];
    return passage === undefined || isMoved ? [] : [{ at: addressOf(passage), text }];
  });
}

function initialsOf(author: string): string {
  const letters = author.match(/(?<!\p{L})\p{L}/gu) ?? [];
  return letters.slice(0, 3).join('').toUpperCase() || 'Q';
}
