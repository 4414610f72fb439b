import type { ArtifactContent } from '../artifact-content.ts';
import { createCitationList } from '../citation-list.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { guessLanguage } from '../language.ts';
import { judgedChanges } from './memo.ts';
import { CompareParams } from './params.ts';
import { type DraftedRedline, draftRedline, type LineRemark } from './redline.ts';
import { writeMemo } from './report.ts';
import { type ResultChange, resultOf } from './result.ts';
import { rulesOf } from './rules.ts';
import { pairedPartsOf, type Versions, versionsOf } from './versions.ts';
import { writeChanges } from './workbook.ts';

/** Makes the redline, the list of changes, the memo and the result. */
export function renderComparison(context: RenderContext): Rendering {
  const params = CompareParams.parse(context.params);
  const versions = versionsOf(context);
  const citations = createCitationList(context);
  const hasLayout = versions.textBase === undefined;
  // The citations are numbered before the redline is drafted, whose remarks are told by the result.
  const draftResult = resultOf(context, versions, {
    citations,
    redline: { hasLayout, remarks: [] },
  });
  const drafted = draft(context, draftResult.changes);
  const remarks = [...(hasLayout ? [] : [textOnly(versions)]), ...drafted.remarks];
  const result = { ...draftResult, redline: { hasLayout, remarks } };
  const language = params.language === 'auto' ? languageOf(versions) : params.language;
  const report = writeMemo(context, { result, language, versions });
  const contents: Record<string, ArtifactContent> = {
    'redline.docx': {
      format: 'redline',
      base: versions.textBase ?? versions.base.id,
      instructions: drafted.instructions,
    },
    'changes.xlsx': {
      format: 'xlsx',
      workbook: writeChanges(context, { result, language, rules: rulesOf(params.materiality) }),
    },
    'memo.docx': { format: 'docx', report },
  };
  return { result, citations: citations.all, report, contents };
}

function draft(context: RenderContext, changes: readonly ResultChange[]): DraftedRedline {
  const { author } = CompareParams.parse(context.params);
  const told = new Map(changes.map((change) => [change.id, change] as const));
  const remarks = judgedChanges(context).flatMap(({ change }): LineRemark[] => {
    const text = remarkOn(told.get(change.id));
    if (text === undefined) return [];
    const { part, baseLine, revisedLine, type } = change;
    return [
      {
        part,
        ...(baseLine === undefined ? {} : { base: baseLine }),
        ...(revisedLine === undefined ? {} : { revised: revisedLine }),
        isMoved: type === 'moved' || type === 'moved and changed',
        text,
      },
    ];
  });
  const date = `${context.submittedAt.slice(0, 19)}Z`;
  return draftRedline(pairedPartsOf(context), remarks, { author, date });
}

/** What the margin says of a change: why it matters, or that nobody has judged it. */
function remarkOn(change: ResultChange | undefined): string | undefined {
  if (change === undefined || change.material === false) return undefined;
  if (change.material === null) return `Not judged. ${change.why}`;
  const rules = change.rules.length === 0 ? '' : `\nRules: ${change.rules.join(', ')}`;
  return `Material, risk ${change.risk}. ${change.why}${rules}`;
}

function textOnly({ base, revised }: Versions): string {
  const names = [base, revised].filter(({ format }) => format !== 'docx').map(({ name }) => name);
  return `The redline has the text of ${base.name} without its layout: that is kept only where both documents are DOCX files, and ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} not.`;
}

function languageOf({ revised }: Versions): string {
  const texts = revised.units.slice(0, 300).map(({ text }) => text);
  return guessLanguage(texts.join(' '));
}
