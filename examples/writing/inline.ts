/** A piece of a text: plain or bold, or a footnote. */
export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'bold' | 'note';
}

/** Takes `**bold**` and `[[footnotes]]` out of a text. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(\*\*.+?\*\*|\[\[.+?\]\])/g)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('**')) return { text: part.slice(2, -2), kind: 'bold' };
      if (part.startsWith('[[')) return { text: part.slice(2, -2), kind: 'note' };
      return { text: part, kind: 'plain' };
    });
}
