import type { Turn } from './schemas.ts';
import type { TurnTexts } from './turn-text.ts';

/** Who speaks within this many turns may have said what belongs to a note. */
const before = 3;
const after = 2;

/** The turn and those around it. */
export function turnsNear(turn: Turn, texts: TurnTexts): Turn[] {
  const distances = Array.from({ length: before + after + 1 }, (_, index) => index - before);
  return distances.flatMap((distance) => texts.beside(turn.id, distance) ?? []);
}

/** Texts that a note may take its figures from. */
export function sourcesNear(turn: Turn, corrects: string | undefined, texts: TurnTexts): string[] {
  const corrected = corrects === undefined ? undefined : texts.turn(corrects);
  return [...turnsNear(turn, texts), ...(corrected === undefined ? [] : [corrected])].map(
    texts.textOf,
  );
}

/** Whether words were said in the turn or beside it, case and white space apart. */
export function isSaidNear(said: string, turn: Turn, texts: TurnTexts): boolean {
  const wanted = plain(said);
  return (
    wanted !== '' &&
    turnsNear(turn, texts).some((each) => plain(texts.textOf(each)).includes(wanted))
  );
}

/** Words in lower case with single spaces, signs left out, so that they compare by what is said. */
export function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[’‘]/gu, "'")
    .replace(/[^\p{L}\p{N}'./:-]+/gu, ' ')
    .replace(/[.:](?=\s|$)/gu, '')
    .trim()} `;
}
