import { unitLines } from '../chunk-lines.ts';
import type { StageContext } from '../definition.ts';
import type { PromptLine } from '../prompt.ts';
import type { Passage } from './passages.ts';

/** How much a look at a question is shown. */
export interface Room {
  readonly passages: number;
  readonly tokens: number;
  /** Show what stands around the best passages too. */
  readonly withNeighbours: number;
}

/**
 * The best passages that fit, one at least, by their positions. Documents come in the order of their best passage and passages in the order
 * of their document, so that what belongs together is read together.
 */
export function choosePassages(
  passages: readonly Passage[],
  ranked: readonly number[],
  room: Room,
): Passage[] {
  const chosen = new Set<number>();
  let tokens = 0;
  const add = (position: number) => {
    const passage = passages[position];
    if (passage === undefined || chosen.has(position)) return;
    const fits = tokens + passage.estimatedTokens <= room.tokens;
    if (!fits && chosen.size > 0) return;
    chosen.add(position);
    tokens += passage.estimatedTokens;
  };
  for (const position of ranked.slice(0, room.passages)) add(position);
  for (const position of ranked.slice(0, room.withNeighbours)) {
    for (const neighbour of neighboursOf(passages, position)) add(neighbour);
  }
  return inReadingOrder(passages, [...chosen]);
}

/** The passages as the section `passages` of a prompt: before those of another place, the document and the headings above them. */
export function passageLines(
  context: Pick<StageContext, 'unit' | 'documents'>,
  passages: readonly Passage[],
): PromptLine[] {
  return passages.flatMap((passage) => {
    const document = context.documents.find(({ id }) => id === passage.documentId);
    const place = [document?.name ?? '', ...passage.headingPath].join(' › ');
    return [{ tag: 'passage', text: place }, ...unitLines(context, passage)];
  });
}

function neighboursOf(passages: readonly Passage[], position: number): number[] {
  const documentId = passages[position]?.documentId;
  return [position - 1, position + 1].filter((each) => passages[each]?.documentId === documentId);
}

function inReadingOrder(passages: readonly Passage[], chosen: readonly number[]): Passage[] {
  const byDocument = new Map<string, number[]>();
  for (const position of chosen) {
    const documentId = passages[position]?.documentId ?? '';
    byDocument.set(documentId, [...(byDocument.get(documentId) ?? []), position]);
  }
  return [...byDocument.values()].flatMap((positions) =>
    positions
      .toSorted((left, right) => left - right)
      .flatMap((position) => passages[position] ?? []),
  );
}
