import type { CodeStage } from '../definition.ts';
import { stopWords } from '../language.ts';
import { type DedupeOutput, type Item, ResolveOutput, type Topic } from './schemas.ts';
import { createTurnTexts, type TurnTexts } from './turn-text.ts';
import { turnsOf } from './turns.ts';

/** With fewer words two texts are not told to be the same. */
const minWords = 3;
const maxEvidence = 4;

/** Makes one of what was noted twice, lets later corrections stand, and sorts all under topics. */
export const dedupeStage: CodeStage = {
  kind: 'code',
  name: 'dedupe',
  title: 'Merging what was said twice',
  run(context): DedupeOutput {
    const { items } = ResolveOutput.parse(context.earlier('resolve'));
    const { turns, agenda } = turnsOf(context);
    const texts = createTurnTexts(context, turns);
    const ordered = items.toSorted(
      (left, right) =>
        texts.positionOf(left.turn) - texts.positionOf(right.turn) || left.at - right.at,
    );
    const kept: Item[] = [];
    for (const item of ordered) place(item, kept, texts);
    const topics = topicsOf(kept, agenda);
    return {
      items: kept.map((item) => ({ ...item, topic: topics.idOf(item.topic) })),
      topics: topics.used,
      merged: items.length - kept.length,
    };
  },
};

function place(item: Item, kept: Item[], texts: TurnTexts): void {
  const corrected = item.corrects === undefined ? undefined : correctedBy(item, kept);
  const at =
    corrected === undefined
      ? kept.findIndex((each) => isSame(each, item))
      : kept.indexOf(corrected);
  const earlier = kept[at];
  if (earlier === undefined) kept.push(withoutTarget(item));
  else
    kept[at] =
      corrected === undefined ? repeated(earlier, item, texts) : replaced(earlier, item, texts);
}

/** Of the items of the turn that is corrected: the one most alike, or the last. */
function correctedBy(item: Item, kept: readonly Item[]): Item | undefined {
  const candidates = kept.filter(
    (each) =>
      each.kind === item.kind && (each.turn === item.corrects || each.corrects === item.corrects),
  );
  const rated = candidates.toSorted(
    (left, right) => alikeness(right.text, item.text) - alikeness(left.text, item.text),
  );
  const [best] = rated;
  if (best === undefined) return undefined;
  return alikeness(best.text, item.text) > 0 ? best : candidates.at(-1);
}

function withoutTarget(item: Item): Item {
  if (item.corrects === undefined) return item;
  return {
    ...item,
    remarks: [...item.remarks, 'It corrects something that was said before and is not noted.'],
  };
}

/**
 * Said twice only if the shorter text has no word of its own, by the same owner, with the same figures and negations: two entries for one
 * thing are a nuisance, one entry for two things would be a loss.
 */
function isSame(left: Item, right: Item): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'action' && !haveSameOwner(left, right)) return false;
  if (left.kind === 'action' && isRecap(left, right)) return true;
  const isTelling = Math.min(wordsOf(left.text).size, wordsOf(right.text).size) >= minWords;
  const isRepeated = isTelling || (sharesEvidence(left, right) && left.text === right.text);
  return isRepeated && alikeness(left.text, right.text) === 1 && haveSameFigures(left, right);
}

/** Words that say that somebody has a task, and nothing of what it is. */
const takingWords =
  /^(?:übernehme[nt]?|übernimmt|kümmer[ent]{1,2}|erledig[ent]{1,2}|takes?|handles?|owns?)$/u;

/**
 * “Anna takes the noise study”, and at the end “to sum up, Anna will order the noise study”: one task, where owner and day are the same and
 * told for certain, and one of the texts says only who has it.
 */
function isRecap(left: Item, right: Item): boolean {
  const isOfSame =
    left.due.date !== undefined &&
    left.due.date === right.due.date &&
    left.owner.names.length > 0 &&
    left.owner.names.join() === right.owner.names.join();
  if (!isOfSame || !haveSameFigures(left, right)) return false;
  const [general, other] = isGeneral(left) ? [left, right] : [right, left];
  const words = wordsOf(other.text);
  const named = wordsOf(left.owner.names.join(' '));
  const own = [...wordsOf(general.text)].filter(
    (word) => !takingWords.test(word) && !named.has(word),
  );
  return isGeneral(general) && own.length > 0 && own.every((word) => words.has(word));
}

function isGeneral({ text }: Item): boolean {
  return [...wordsOf(text)].some((word) => takingWords.test(word));
}

/** “Order 40 chairs” and “order 60 chairs” are not the same, nor are “sell it” and “do not sell it”. */
function haveSameFigures(left: Item, right: Item): boolean {
  const figures = ({ text }: Item) =>
    (
      text.toLowerCase().match(/\d+|n['’]t\b|\b(?:not|no|never|nicht|nie|kein\p{L}*)\b/gu) ?? []
    ).join();
  return figures(left) === figures(right);
}

function sharesEvidence(left: Item, right: Item): boolean {
  return left.evidence.some((one) =>
    right.evidence.some(
      (other) =>
        one.unitId === other.unitId &&
        (one.quote.includes(other.quote) || other.quote.includes(one.quote)),
    ),
  );
}

function haveSameOwner(left: Item, right: Item): boolean {
  const key = ({ owner }: Item) => owner.names.join().toLowerCase() || owner.said.toLowerCase();
  return key(left) === key(right) || key(left) === '' || key(right) === '';
}

function dueKey({ due }: Item): string {
  return due.date ?? due.said.toLowerCase();
}

/** The same said again: both places are shown; of two dates the later said one stands, and that is told. */
function repeated(earlier: Item, later: Item, texts: TurnTexts): Item {
  const isOtherDate = later.due.said !== '' && dueKey(earlier) !== dueKey(later);
  const isNewDate = isOtherDate && earlier.due.said !== '';
  const isTold = later.kind === 'action' && isGeneral(earlier) && !isGeneral(later);
  return {
    ...earlier,
    text: isTold ? later.text : earlier.text,
    owner:
      earlier.owner.names.length === 0 && later.owner.status !== 'none'
        ? later.owner
        : earlier.owner,
    due: isOtherDate ? later.due : earlier.due,
    evidence: joinEvidence(earlier, later),
    isWithdrawn: earlier.isWithdrawn || later.isWithdrawn,
    remarks: unique([
      ...earlier.remarks,
      ...later.remarks,
      ...unsupportedIn(later),
      ...(isNewDate
        ? [
            `Said again at ${timeOf(later, texts)} with another date; before, it was “${earlier.due.said}”.`,
          ]
        : []),
    ]),
  };
}

/** A later word on the same thing: it stands, and what was said before is told. */
function replaced(earlier: Item, later: Item, texts: TurnTexts): Item {
  const at = timeOf(later, texts);
  const ownerChanged = later.owner.status !== 'none' && !haveSameOwner(earlier, later);
  const dueChanged = later.due.said !== '' && dueKey(earlier) !== dueKey(later);
  const isDecision = later.kind !== 'action';
  return {
    ...earlier,
    text: isDecision ? later.text : earlier.text,
    owner: ownerChanged ? later.owner : earlier.owner,
    due: dueChanged ? later.due : earlier.due,
    evidence: joinEvidence(earlier, later),
    corrects: later.corrects,
    isWithdrawn: later.isWithdrawn,
    remarks: unique([
      ...earlier.remarks,
      ...later.remarks,
      ...unsupportedIn(later),
      ...(later.isWithdrawn ? [`Taken back at ${at}.`] : []),
      ...(ownerChanged ? [`Owner changed at ${at}; before, it was ${ownerWords(earlier)}.`] : []),
      ...(dueChanged ? [`Date changed at ${at}; before, it was ${dueWords(earlier)}.`] : []),
      ...(isDecision && !later.isWithdrawn
        ? [`Changed at ${at}; before, it was: ${earlier.text}`]
        : []),
    ]),
  };
}

/** What the model named and nobody said must be told, also where it does not stand in the end. */
function unsupportedIn({ owner, due }: Item): string[] {
  return [owner, due].flatMap(({ status, remark }) =>
    status === 'unsupported' && remark !== undefined ? [remark] : [],
  );
}

function joinEvidence(earlier: Item, later: Item): Item['evidence'] {
  const all = [...earlier.evidence, ...later.evidence];
  const byQuote = new Map(all.map((each) => [`${each.unitId} ${each.quote}`, each]));
  return [...byQuote.values()].slice(0, maxEvidence);
}

function timeOf(item: Item, texts: TurnTexts): string {
  const turn = texts.turn(item.turn);
  return turn === undefined ? '' : texts.timeOf(turn, item.at);
}

function ownerWords({ owner }: Item): string {
  if (owner.names.length > 0) return owner.names.join(', ');
  return owner.said === '' ? 'nobody' : owner.said;
}

function dueWords({ due }: Item): string {
  if (due.status === 'unsupported') return 'not known';
  return due.said === '' ? 'not said' : `“${due.said}”`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function alikeness(left: string, right: string): number {
  const one = wordsOf(left);
  const other = wordsOf(right);
  const shorter = Math.min(one.size, other.size);
  if (shorter === 0) return 0;
  return [...one].filter((word) => other.has(word)).length / shorter;
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 1 && !stopWords.has(word)));
}

interface Topics {
  readonly used: Topic[];
  idOf(topic: string): string;
}

/** Points of the agenda in its order, used or not; then the model's own topics as they came up, those of the same name as one. */
function topicsOf(items: readonly Item[], agenda: readonly string[]): Topics {
  const used: Topic[] = agenda.map((title, index) => ({
    id: `k${index + 1}`,
    title,
    isOnAgenda: true,
  }));
  const ids = new Map<string, string>(
    used.flatMap(({ id, title }, index) => [
      [`a${index + 1}`, id] as const,
      [title.toLowerCase(), id] as const,
    ]),
  );
  for (const { topic } of items) {
    const key = topic.toLowerCase();
    if (ids.has(key)) continue;
    const title = topic === '' || /^a\d+$/.test(topic) ? '' : topic;
    const id = ids.get(title.toLowerCase()) ?? `k${used.length + 1}`;
    ids.set(key, id);
    if (used.every((each) => each.id !== id)) used.push({ id, title, isOnAgenda: false });
    ids.set(title.toLowerCase(), id);
  }
  return { used, idOf: (topic) => ids.get(topic.toLowerCase()) ?? '' };
}
