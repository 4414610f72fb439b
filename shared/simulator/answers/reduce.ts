import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { limitOf, overlap } from './note.ts';

const sameness = 0.75;

/** Answers `summarize.reduce`: the heaviest notes of every section, each said once. */
export function answerReduce(prompt: WrittenPrompt): unknown {
  const notes = (prompt.sections['notes'] ?? []).map(parseNote);
  const limit = limitOf(prompt.facts['Points'], 24);
  const chosen = choose(mergeSame(notes), limit);
  return {
    points: chosen.map(({ notes: [first, ...others], weight }) => ({
      from: [first?.id, ...others.map(({ id }) => id)],
      kind: first?.kind,
      weight,
    })),
  };
}

interface GivenNote {
  readonly id: string;
  readonly kind: string;
  readonly weight: number;
  readonly section: string;
  readonly text: string;
  readonly position: number;
}

interface MergedNote {
  readonly notes: GivenNote[];
  readonly weight: number;
}

function parseNote({ tag, text }: PromptLine, position: number): GivenNote {
  const [id = '', kind = 'point', weight = '3', section = ''] = tag.split(' ');
  return { id, kind, weight: Number(weight), section, text, position };
}

function mergeSame(notes: readonly GivenNote[]): MergedNote[] {
  const merged: MergedNote[] = [];
  for (const note of notes.toSorted((left, right) => right.weight - left.weight)) {
    const same = merged.find(
      ({ notes: [first] }) =>
        first?.kind === note.kind && overlap(first.text, note.text) >= sameness,
    );
    if (same === undefined) merged.push({ notes: [note], weight: note.weight });
    else same.notes.push(note);
  }
  return merged;
}

/** The best first, each time a little less from a section that has had its turn; in the order of the document at the end. */
function choose(merged: readonly MergedNote[], limit: number): MergedNote[] {
  const left = [...merged];
  const chosen: MergedNote[] = [];
  const turns = new Map<string, number>();
  while (chosen.length < limit && left.length > 0) {
    const rated = left.map(({ notes: [first], weight }) => {
      const isSpecial = first?.kind !== 'point' && first?.kind !== 'number';
      return weight + (isSpecial ? 0.5 : 0) - (turns.get(first?.section ?? '') ?? 0) * 0.3;
    });
    const [best] = left.splice(rated.indexOf(Math.max(...rated)), 1);
    if (best === undefined) break;
    const section = best.notes[0]?.section ?? '';
    turns.set(section, (turns.get(section) ?? 0) + 1);
    chosen.push(best);
  }
  const positionOf = ({ notes: [first] }: MergedNote) => first?.position ?? 0;
  return chosen.toSorted((one, other) => positionOf(one) - positionOf(other));
}
