import { alignLines, type LinePair } from './align-lines.ts';
import type { Line, Part } from './lines.ts';
import { similarity, wordBagOf } from './similarity.ts';

/** A part of the base beside the one of the revised document that it corresponds to. */
export interface PairedPart {
  readonly base: Part | undefined;
  readonly revised: Part | undefined;
  readonly pairs: readonly LinePair[];
}

/** Aligns two documents part by part. Of several headers those go together that are most alike. */
export function pairParts(base: readonly Part[], revised: readonly Part[]): PairedPart[] {
  const free = new Set(revised);
  const partnerOf = new Map<Part, Part>();
  for (const isAlike of [sameText, alikeText, sameKind]) {
    for (const part of base) {
      if (partnerOf.has(part)) continue;
      const partner = [...free].find((other) => other.kind === part.kind && isAlike(part, other));
      if (partner === undefined) continue;
      partnerOf.set(part, partner);
      free.delete(partner);
    }
  }
  return [
    ...base.map((part) => pairOf(part, partnerOf.get(part))),
    ...[...free].map((part) => pairOf(undefined, part)),
  ];
}

const minAlike = 0.6;

function sameText(left: Part, right: Part): boolean {
  return textOf(left) === textOf(right);
}

function alikeText(left: Part, right: Part): boolean {
  // There is one body; only headers and footers come in several.
  if (left.kind !== 'header' && left.kind !== 'footer') return true;
  return similarity(wordBagOf(textOf(left)), wordBagOf(textOf(right))) >= minAlike;
}

function sameKind(): boolean {
  return true;
}

function textOf({ lines }: Part): string {
  return lines
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n');
}

function pairOf(base: Part | undefined, revised: Part | undefined): PairedPart {
  if (base === undefined || revised === undefined) return { base, revised, pairs: [] };
  const isNote = base.kind === 'footnote' || base.kind === 'endnote';
  const canMove = ({ kind, passages }: Line) =>
    kind === 'paragraph' && !isNote && passages.every(({ boxes }) => boxes.length === 0);
  return { base, revised, pairs: alignLines(base.lines, revised.lines, { canMove }) };
}
