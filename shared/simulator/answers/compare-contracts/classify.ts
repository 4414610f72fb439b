import { figuresIn } from '#shared/workflows/figures.ts';
import type { WrittenPrompt } from '#shared/workflows/prompt.ts';
import { readChanges, type ShownChange } from './changes.ts';

const weights: Readonly<Record<string, number>> = { high: 3, medium: 2, low: 1 };
const risks = ['none', 'low', 'medium', 'high'] as const;
const duties =
  /\b(?:shall|must|may|not|no|never|unless|except|only|without|unlimited|either|any)\b/giu;

const numberWords =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|sixty|ninety|hundred)\b/giu;

/** Answers `compare-contracts.classify` by figures, words of duty, and the rules whose words stand in the clause. */
export function answerClassify(prompt: WrittenPrompt): unknown {
  const ruleWeights = new Map(
    (prompt.sections['rules'] ?? []).map(({ tag }) => {
      const [id = '', weight = ''] = tag.split(' ');
      return [id, weights[weight] ?? 1] as const;
    }),
  );
  const changes = readChanges(prompt.sections['changes'] ?? []);
  return { changes: changes.map((change) => judge(change, ruleWeights)) };
}

function judge(change: ShownChange, ruleWeights: ReadonlyMap<string, number>): unknown {
  const { id, remark, rules } = change;
  const weight = Math.max(0, ...rules.map((rule) => ruleWeights.get(rule) ?? 0));
  const deleted = parts(change.difference, /\[-(.*?)-\]/gsu);
  const inserted = parts(change.difference, /\{\+(.*?)\+\}/gsu);
  const isWhole = remark === 'added' || remark === 'deleted';
  const hasFigure = differ(numbersIn(deleted), numbersIn(inserted));
  const hasDuty = differ(deleted.match(duties) ?? [], inserted.match(duties) ?? []);
  const isMaterial = isWhole ? weight >= 2 : hasFigure || (hasDuty && weight >= 1);
  const risk = isMaterial ? (risks[Math.max(1, weight)] ?? 'low') : 'none';
  return {
    id,
    kind: kindOf({ isWhole, hasFigure, hasDuty }, remark),
    material: isMaterial,
    risk,
    why: whyOf(change, { deleted, inserted }),
    rules,
  };
}

function parts(text: string, pattern: RegExp): string {
  return [...text.matchAll(pattern)].map(([, part]) => part ?? '').join(' ');
}

function numbersIn(text: string): string[] {
  return [...figuresIn(text), ...(text.match(numberWords) ?? [])];
}

function differ(left: readonly string[], right: readonly string[]): boolean {
  return left.toSorted().join().toLowerCase() !== right.toSorted().join().toLowerCase();
}

function kindOf(
  { isWhole, hasFigure, hasDuty }: { isWhole: boolean; hasFigure: boolean; hasDuty: boolean },
  remark: string,
): string {
  if (remark === 'moved') return 'structure';
  if (isWhole) return 'scope';
  if (hasFigure) return 'amount';
  return hasDuty ? 'duty' : 'wording';
}

function whyOf(
  { remark, before, after }: ShownChange,
  { deleted, inserted }: { deleted: string; inserted: string },
): string {
  if (remark === 'moved') return 'The paragraph stands at another place; its words are the same.';
  if (remark === 'added') return `New: “${shorten(after)}”`;
  if (remark === 'deleted') return `Gone: “${shorten(before)}”`;
  if (deleted === '') return `Put in: “${shorten(inserted)}”.`;
  if (inserted === '') return `Taken out: “${shorten(deleted)}”.`;
  return `“${shorten(deleted)}” becomes “${shorten(inserted)}”.`;
}

function shorten(text: string): string {
  const words = text.trim().split(/\s+/u);
  return words.length <= 24 ? words.join(' ') : `${words.slice(0, 24).join(' ')} …`;
}
