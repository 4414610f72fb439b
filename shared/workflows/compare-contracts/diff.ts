import type { CodeStage, StageContext } from '../definition.ts';
import { wordChanges } from '../word-changes.ts';
import { excerptOf } from './excerpts.ts';
import { judgeByRules } from './judge-by-rules.ts';
import type { Line } from './lines.ts';
import type { PairedPart } from './paired-parts.ts';
import { CompareParams } from './params.ts';
import { type MaterialityRule, rulesOf } from './rules.ts';
import type { Change, ChangeType, DiffOutput } from './schemas.ts';
import { plainText, withoutTypedNumber } from './similarity.ts';
import { pairedPartsOf } from './versions.ts';

/** Writes down every difference word by word, in the order in which a reader meets it. */
export const diffStage: CodeStage = {
  kind: 'code',
  name: 'diff',
  title: 'Comparing word by word',
  run(context) {
    const rules = rulesOf(CompareParams.parse(context.params).materiality);
    const output: DiffOutput = { changes: [], same: 0, spacing: 0, renumbered: 0 };
    for (const [part, paired] of pairedPartsOf(context).entries()) {
      for (const place of placesOf(paired)) {
        const difference = differenceAt(paired, place);
        if (typeof difference === 'string') {
          output[difference] += 1;
          continue;
        }
        const id = `x${output.changes.length + 1}`;
        output.changes.push(describe({ id, part, difference }, { context, rules }));
      }
    }
    return output;
  },
};

/** A line of one or both documents. */
interface LinePlace {
  readonly base?: number;
  readonly revised?: number;
  readonly isMoved: boolean;
}

/** Each line once: what is new where it stands, what is gone where it stood, in the order of the revised document. */
function placesOf({ base, revised, pairs }: PairedPart): LinePlace[] {
  const byRevised = new Map(pairs.map((pair) => [pair.revised, pair] as const));
  const paired = new Set(pairs.map((pair) => pair.base));
  const places: LinePlace[] = [];
  let at = 0;
  const addDeleted = (to: number) => {
    for (; at < to; at += 1) {
      const isGone = !paired.has(at) && base?.lines[at]?.isEmpty === false;
      if (isGone) places.push({ base: at, isMoved: false });
    }
  };
  for (const [index, line] of (revised?.lines ?? []).entries()) {
    const pair = byRevised.get(index);
    if (pair?.isMoved === false) addDeleted(pair.base);
    if (pair !== undefined) places.push(pair);
    else if (!line.isEmpty) places.push({ revised: index, isMoved: false });
  }
  addDeleted(base?.lines.length ?? 0);
  return places;
}

interface Difference {
  readonly type: ChangeType;
  readonly place: LinePlace;
  readonly old: Line | undefined;
  readonly now: Line | undefined;
}

function differenceAt(
  { base, revised }: PairedPart,
  place: LinePlace,
): Difference | 'same' | 'spacing' | 'renumbered' {
  const old = base?.lines[place.base ?? -1];
  const now = revised?.lines[place.revised ?? -1];
  const found = (type: ChangeType) => ({ type, place, old, now });
  if (old === undefined || now === undefined) return found(old === undefined ? 'added' : 'deleted');
  const alike = likenessOf(old, now);
  if (place.isMoved) return found(alike === undefined ? 'moved and changed' : 'moved');
  return alike ?? found('changed');
}

/** In what way two lines say the same; `undefined` where they do not. */
function likenessOf(old: Line, now: Line): 'same' | 'spacing' | 'renumbered' | undefined {
  if (old.key === now.key) return 'same';
  const [left, right] = [plainText(old.text), plainText(now.text)];
  if (left === right) return 'spacing';
  return withoutTypedNumber(left) === withoutTypedNumber(right) ? 'renumbered' : undefined;
}

function describe(
  { id, part, difference }: { id: string; part: number; difference: Difference },
  { context, rules }: { context: StageContext; rules: readonly MaterialityRule[] },
): Change {
  const { type, place, old, now } = difference;
  const before = old?.text ?? '';
  const after = now?.text ?? '';
  const clause = now?.clause ?? old?.clause ?? '';
  const operations = [...wordChanges(before, after)];
  const base = excerptOf(context, { line: old, other: now, operations, kind: 'delete' });
  const revised = excerptOf(context, { line: now, other: old, operations, kind: 'insert' });
  return {
    id,
    type,
    clause,
    before,
    after,
    part,
    ...(place.base === undefined ? {} : { baseLine: place.base }),
    ...(place.revised === undefined ? {} : { revisedLine: place.revised }),
    operations,
    evidence: {
      ...(base === undefined ? {} : { base }),
      ...(revised === undefined ? {} : { revised }),
    },
    unitIds: [...new Set([...(old?.unitIds ?? []), ...(now?.unitIds ?? [])])],
    hits: judgeByRules({ type, clause, before, after, operations }, rules),
  };
}
