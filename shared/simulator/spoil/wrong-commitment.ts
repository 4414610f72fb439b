/** Somebody who was in no meeting of ours. */
const stranger = 'Zoltan Quandary';
const neverSaid = 'by 31 January 2031';

interface Commitment {
  readonly owner?: unknown;
  readonly due?: unknown;
}

/** The first action of an answer has the owner of another one; a stranger if all have the same. Any other answer stays as it is. */
export function wrongOwner(content: string): string {
  return changeNotes(content, (notes) => {
    const at = notes.findIndex(({ owner }) => typeof owner === 'string');
    const own = notes[at]?.owner;
    const other = notes.find(({ owner }) => typeof owner === 'string' && owner !== own)?.owner;
    return notes.map((note, index) =>
      index === at ? { ...note, owner: other ?? stranger } : note,
    );
  });
}

/** The first date of an answer is one that nobody has said. */
export function wrongDue(content: string): string {
  return changeNotes(content, (notes) => {
    const at = notes.findIndex(({ due }) => typeof due === 'string');
    return notes.map((note, index) => (index === at ? { ...note, due: neverSaid } : note));
  });
}

function changeNotes(
  content: string,
  change: (notes: readonly Commitment[]) => readonly Commitment[],
): string {
  try {
    const answer: unknown = JSON.parse(content);
    if (typeof answer !== 'object' || answer === null || !('notes' in answer)) return content;
    return Array.isArray(answer.notes)
      ? JSON.stringify({ ...answer, notes: change(answer.notes) })
      : content;
  } catch {
    return content;
  }
}
