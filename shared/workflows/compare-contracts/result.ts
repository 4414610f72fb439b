import type { CitationList } from '../citation-list.ts';
import type { RenderContext } from '../definition.ts';
import { unjudgedChanges } from './account.ts';
import { judgedChanges } from './memo.ts';
import { CompareParams } from './params.ts';
import { rulesOf } from './rules.ts';
import { type ChangeType, DiffOutput, type Judgement, type Risk } from './schemas.ts';
import type { Versions } from './versions.ts';

/** A change as `result.json` tells it. */
export interface ResultChange {
  readonly id: string;
  readonly clause: string;
  readonly type: ChangeType;
  readonly before: string;
  readonly after: string;
  /** `null` where nobody has judged it. */
  readonly material: boolean | null;
  readonly risk: Risk | null;
  readonly why: string;
  readonly rules: readonly string[];
  /** Ids of the citations in the base and in the revised document. */
  readonly citations: { readonly base: readonly string[]; readonly revised: readonly string[] };
  /** Where model and program are of two opinions: what each says. */
  readonly opinions?: { readonly model: string; readonly program: string };
}

/** Content of `result.json`. */
export interface CompareResult {
  readonly base: string;
  readonly revised: string;
  readonly viewpoint: string;
  /** Whether the redline has the layout of the base, or its text alone; what it cannot show. */
  readonly redline: { readonly hasLayout: boolean; readonly remarks: readonly string[] };
  readonly counts: {
    readonly changes: number;
    readonly material: number;
    readonly notJudged: number;
    readonly unchanged: number;
    readonly spacingOnly: number;
    readonly renumberedOnly: number;
  };
  readonly changes: readonly ResultChange[];
}

const decisiveWords = {
  figure: 'a figure changes',
  duty: 'a word that makes, lifts or conditions a duty changes',
  clause: 'a whole paragraph is new or gone',
} as const;

/** Puts together what is delivered as data. */
export function resultOf(
  context: RenderContext,
  versions: Versions,
  made: {
    readonly citations: CitationList;
    readonly redline: CompareResult['redline'];
  },
): CompareResult {
  const params = CompareParams.parse(context.params);
  const titles = new Map(rulesOf(params.materiality).map(({ id, title }) => [id, title] as const));
  const unjudged = unjudgedChanges(context);
  const diff = DiffOutput.parse(context.earlier('diff'));
  const changes = judgedChanges(context).map(({ change, judgement }): ResultChange => {
    const { id, clause, type, before, after, evidence } = change;
    const claim = judgement?.why ?? `${clause}: ${type}`;
    const cite = (side: typeof evidence.base) =>
      side === undefined ? [] : made.citations.cite([side], claim);
    const decisive = change.hits.find((hit) => hit.decisive !== undefined);
    const program =
      decisive?.decisive === undefined
        ? ''
        : `material by rule “${titles.get(decisive.rule) ?? decisive.rule}”: ${decisiveWords[decisive.decisive]}`;
    return {
      id,
      clause,
      type,
      before,
      after,
      material: judgement?.isMaterial ?? null,
      risk: judgement?.risk ?? null,
      why:
        judgement === undefined
          ? `Not judged (${unjudged.get(id) ?? 'unknown'}).`
          : whyOf(judgement, program),
      rules: judgement?.rules ?? [],
      citations: { base: cite(evidence.base), revised: cite(evidence.revised) },
      ...(judgement?.isDisputed === true
        ? { opinions: { model: `immaterial: ${judgement.why}`, program } }
        : {}),
    };
  });
  return {
    base: versions.base.name,
    revised: versions.revised.name,
    viewpoint: params.viewpoint,
    redline: made.redline,
    counts: {
      changes: changes.length,
      material: changes.filter(({ material }) => material === true).length,
      notJudged: unjudged.size,
      unchanged: diff.same,
      spacingOnly: diff.spacing,
      renumberedOnly: diff.renumbered,
    },
    changes,
  };
}

function whyOf({ why, isDisputed }: Judgement, program: string): string {
  return isDisputed
    ? `Two opinions. The model calls it immaterial: ${why} The program: ${program}.`
    : why;
}
