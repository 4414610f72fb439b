import type { TextOperation } from '#shared/domain/redline.ts';
import { figuresIn } from '../figures.ts';
import type { MaterialityRule } from './rules.ts';
import type { ChangeType, RuleHit } from './schemas.ts';

/** What code knows of a change when it goes by rules. */
export interface JudgedText {
  readonly type: ChangeType;
  readonly clause: string;
  readonly before: string;
  readonly after: string;
  readonly operations: readonly TextOperation[];
}

/** Words that make, lift or condition a duty, in the languages that most contracts here are written in. */
const dutyWords =
  /(?<!\p{L})(?:shall|must|may|will|not|no|never|unless|except|only|without|unlimited|either|any|sole|solely|muss|darf|soll|kann|nicht|kein\p{L}*|ohne|unbegrenzt|doit|peut|sans|debe|puede|sin|deve|senza)(?!\p{L})/giu;

/** Figures that are written out. */
const numberWords =
  /(?<!\p{L})(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|once|twice|half|double|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|deux|trois|quatre|cinq|dix|trente|dos|tres|cuatro|cinco|diez|treinta)(?:-\p{L}+)?(?!\p{L})/giu;

/**
 * The rules whose words stand in a changed clause. One of high weight decides where a figure or a duty of such a clause changes, or all of
 * the clause is new or gone: a model that calls this immaterial is contradicted. So does one of medium weight whose words stand in the text
 * itself; its heading alone is enough where a figure changes. One of low weight never decides.
 */
export function judgeByRules(change: JudgedText, rules: readonly MaterialityRule[]): RuleHit[] {
  const own = `${change.before}\n${change.after}`;
  const reason = decisiveReason(change);
  return rules.flatMap((rule): RuleHit[] => {
    const words = patternOf(rule);
    const isInText = words.test(own);
    if (!isInText && !words.test(change.clause)) return [];
    // The heading alone says too little of a paragraph that is new as a whole, unless it has figures, as the row of a price list.
    const isTelling = reason !== 'clause' || isInText || figuresIn(own).length > 0;
    const isOwn = isInText || reason === 'figure';
    const decides = rule.weight === 'high' ? isTelling : rule.weight === 'medium' && isOwn;
    return [{ rule: rule.id, ...(decides && reason !== undefined ? { decisive: reason } : {}) }];
  });
}

function decisiveReason({ type, operations }: JudgedText): RuleHit['decisive'] {
  if (type === 'moved') return undefined;
  if (type === 'added' || type === 'deleted') return 'clause';
  const deleted = textOf(operations, 'delete');
  const inserted = textOf(operations, 'insert');
  if (differ(numbersIn(deleted), numbersIn(inserted))) return 'figure';
  return differ(dutiesIn(deleted), dutiesIn(inserted)) ? 'duty' : undefined;
}

function textOf(operations: readonly TextOperation[], kind: TextOperation['kind']): string {
  return operations
    .filter((operation) => operation.kind === kind)
    .map(({ text }) => text)
    .join(' ');
}

function numbersIn(text: string): string[] {
  return [...figuresIn(text), ...wordsLike(text, numberWords)];
}

function dutiesIn(text: string): string[] {
  return wordsLike(text, dutyWords);
}

function wordsLike(text: string, pattern: RegExp): string[] {
  return (text.match(pattern) ?? []).map((word) => word.toLowerCase());
}

function differ(left: readonly string[], right: readonly string[]): boolean {
  return left.toSorted().join('\n') !== right.toSorted().join('\n');
}

const patterns = new WeakMap<MaterialityRule, RegExp>();

/** Stars stand at the ends of a word only, so that no pattern is slow. */
function patternOf(rule: MaterialityRule): RegExp {
  const known = patterns.get(rule);
  if (known !== undefined) return known;
  const alternatives = rule.words.map((word) => {
    const bare = word.replace(/^\*+|\*+$/gu, '');
    const escaped = bare.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/\s+/gu, '\\s+');
    const start = word.startsWith('*') ? '' : '(?<![\\p{L}\\p{N}])';
    const end = word.endsWith('*') ? '' : '(?![\\p{L}\\p{N}])';
    return `${start}${escaped}${end}`;
  });
  const pattern = new RegExp(alternatives.join('|'), 'iu');
  patterns.set(rule, pattern);
  return pattern;
}
