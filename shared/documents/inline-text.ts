import type { Unit } from '#shared/domain/document.ts';

/** Text of a unit with its links, as {@link import('./unit-list.ts').NewUnit} takes them. */
export interface LinkedText {
  readonly text: string;
  /** Absent if there are none. */
  readonly links?: Unit['links'];
}

/**
 * Puts the text of a unit together out of the pieces of its markup. White space is collapsed on the way as the list of units does, so
 * that the positions of the links hold in the unit.
 */
export interface InlineText {
  append(raw: string): void;
  /** What is appended until {@link closeLink} leads to the target. A link within a link ends the outer one. */
  openLink(target: string): void;
  closeLink(): void;
  readonly isBlank: boolean;
  /** What was gathered since the last time; an open link goes on in what follows. */
  take(): LinkedText;
}

export function createInlineText(): InlineText {
  let pieces: string[] = [];
  let length = 0;
  let endsInSpace = true;
  let links: { from: number; to: number; target: string }[] = [];
  let open: { from: number; target: string } | undefined;

  const closeLink = () => {
    if (open !== undefined && length > open.from) links.push({ ...open, to: length });
    open = undefined;
  };
  return {
    append(raw) {
      const collapsed = raw.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ');
      const piece = endsInSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
      if (piece === '') return;
      pieces.push(piece);
      length += piece.length;
      endsInSpace = piece.endsWith(' ');
    },
    openLink(target) {
      closeLink();
      if (target !== '') open = { from: length, target };
    },
    closeLink,
    get isBlank() {
      return length === 0;
    },
    take() {
      const target = open?.target;
      closeLink();
      const text = pieces.join('').trimEnd();
      const kept = links.map((link) => trimLink(link, text)).filter((link) => link.to > link.from);
      pieces = [];
      length = 0;
      endsInSpace = true;
      links = [];
      open = target === undefined ? undefined : { from: 0, target };
      return kept.length === 0 ? { text } : { text, links: kept };
    },
  };
}

/** Texts joined by a separator, for instance the cells of a row, with the links of each. */
export function joinLinked(parts: readonly LinkedText[], separator: string): LinkedText {
  const joined = createInlineText();
  for (const [index, { text, links = [] }] of parts.entries()) {
    if (index > 0) joined.append(separator);
    let at = 0;
    for (const { from, to, target } of links) {
      joined.append(text.slice(at, from));
      joined.openLink(target);
      joined.append(text.slice(from, to));
      joined.closeLink();
      at = to;
    }
    joined.append(text.slice(at));
  }
  return joined.take();
}

function trimLink(link: { from: number; to: number; target: string }, text: string) {
  const inside = text.slice(link.from, link.to);
  const from = link.from + inside.length - inside.trimStart().length;
  return { ...link, from, to: from + inside.trim().length };
}
