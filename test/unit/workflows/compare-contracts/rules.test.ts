import { describe, expect, it } from '@jest/globals';
import { judgeByRules } from '#shared/workflows/compare-contracts/judge-by-rules.ts';
import {
  MaterialityParam,
  type MaterialityRule,
  rulesOf,
} from '#shared/workflows/compare-contracts/rules.ts';
import type { ChangeType } from '#shared/workflows/compare-contracts/schemas.ts';
import { wordChanges } from '#shared/workflows/word-changes.ts';

const rule = (weight: MaterialityRule['weight'], words = ['deliver*']): MaterialityRule => ({
  ...{ id: weight, title: weight, words, weight, why: 'It matters.' },
});

function judge(
  given: { before: string; after: string; clause?: string; type?: ChangeType },
  rules: readonly MaterialityRule[],
) {
  const { before, after, clause = '', type = 'changed' } = given;
  const operations = [...wordChanges(before, after)];
  return judgeByRules({ type, clause, before, after, operations }, rules);
}

const slower = { before: 'Delivery takes 24 hours.', after: 'Delivery takes 36 hours.' };
const weaker = { before: 'They shall deliver.', after: 'They may deliver.' };
const reworded = { before: 'They deliver goods.', after: 'They deliver wares.' };

function faultIn(materiality: string): string {
  return MaterialityParam.safeParse(materiality).error?.issues[0]?.message ?? '';
}

describe('Materiality rules', () => {
  it.each(['high', 'medium'] as const)(
    'of %s weight decide where a figure or a duty changes',
    (weight) => {
      expect(judge(slower, [rule(weight)])).toEqual([{ rule: weight, decisive: 'figure' }]);
      expect(judge(weaker, [rule(weight)])).toEqual([{ rule: weight, decisive: 'duty' }]);
      expect(judge(reworded, [rule(weight)])).toEqual([{ rule: weight }]);
    },
  );

  it('of low weight never decide', () => {
    expect(judge(slower, [rule('low')])).toEqual([{ rule: 'low' }]);
  });

  it('of medium weight need their words in the text where a duty changes, those of high weight in the heading', () => {
    const underHeading = {
      before: 'They shall come.',
      after: 'They may come.',
      clause: '3 Delivery',
    };

    expect(judge(underHeading, [rule('medium')])).toEqual([{ rule: 'medium' }]);
    expect(judge(underHeading, [rule('high')])).toEqual([{ rule: 'high', decisive: 'duty' }]);
  });

  it('decide of a new clause by its words, and not of one that has only moved', () => {
    const added = { before: '', after: 'They deliver on Sundays too.', type: 'added' } as const;
    const moved = { ...slower, type: 'moved' } as const;

    expect(judge(added, [rule('medium')])).toEqual([{ rule: 'medium', decisive: 'clause' }]);
    expect(judge(moved, [rule('high')])).toEqual([{ rule: 'high' }]);
  });

  it('take a star for any ending and no other part of a word', () => {
    expect(judge({ before: 'a', after: 'undelivered' }, [rule('high')])).toEqual([]);
    expect(
      judge({ before: 'a', after: 'undelivered' }, [rule('high', ['*deliver*'])]),
    ).toHaveLength(1);
  });

  it('may be YAML text, and say line or rule and field of what is wrong', () => {
    const yaml =
      'rules:\n  - {id: ink, title: Ink, words: [ink], weight: high, why: We need it.}\n';

    expect(rulesOf(MaterialityParam.parse(yaml)).map(({ id }) => id)).toEqual(['ink']);
    expect(faultIn('rules:\n  - id: ink\n    title: [\n')).toMatch(
      /^line \d+: the text is not YAML/,
    );
    expect(faultIn(yaml.replace('high', 'huge'))).toMatch(/^rule 1, weight: /);
    expect(faultIn(yaml.replace('ink,', 'Ink!,'))).toMatch(/^rule 1, id: lower-case letters/);
    expect(faultIn(yaml + yaml.split('\n')[1])).toContain('each rule needs an id of its own');
    expect(faultIn('rules: &a\n  - *a\n')).toContain('aliases');
  });

  it('are a handful where nobody gives others, each with words', () => {
    const rules = rulesOf(MaterialityParam.parse(undefined));

    expect(rules.length).toBeGreaterThan(10);
    expect(rules.every(({ words }) => words.length > 0)).toBe(true);
  });
});
