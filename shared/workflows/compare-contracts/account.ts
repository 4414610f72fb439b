import type { ErrorCode, Problem } from '#shared/domain/errors.ts';
import { documentIdOfUnit, type UnitId } from '#shared/domain/ids.ts';
import type { Account, StageContext, UnitFate } from '../definition.ts';
import { changesOf } from './classify.ts';
import { partOf } from './lines-of-units.ts';
import { ClassifyOutput } from './schemas.ts';
import { versionsOf } from './versions.ts';

/** Units that are the same in both documents were compared by code; those of changes that nobody has judged make a hole. */
export function accountOfUnits(context: StageContext): Account {
  const { base, revised, baseParts, revisedParts } = versionsOf(context);
  const fates = new Map<UnitId, UnitFate>();
  const compared = new Set(
    [...baseParts, ...revisedParts].flatMap(({ lines }) => lines.flatMap(({ unitIds }) => unitIds)),
  );
  for (const unit of context.documents.flatMap(({ units }) => units)) {
    const isInput = [base.id, revised.id].includes(documentIdOfUnit(unit.id));
    const skipped = { state: 'skipped', reason: reasonFor(isInput, partOf(unit)) } as const;
    fates.set(unit.id, compared.has(unit.id) ? { state: 'used' } : skipped);
  }
  const unjudged = unjudgedChanges(context);
  for (const { id, unitIds } of changesOf(context)) {
    const code = unjudged.get(id);
    if (code === undefined) continue;
    for (const unitId of unitIds) fates.set(unitId, { state: 'failed', code });
  }
  return { fates, problems: problemsOf(context) };
}

/** Changes without a judgement, and why. */
export function unjudgedChanges(context: StageContext): ReadonlyMap<string, ErrorCode> {
  const output = ClassifyOutput.safeParse(context.earlier('classify')).data;
  const judged = new Set(output?.judged.map(({ id }) => id));
  const codes = new Map(output?.failed.map(({ id, code }) => [id, code] as const));
  const unjudged = changesOf(context).filter(({ id }) => !judged.has(id));
  return new Map(unjudged.map(({ id }) => [id, codes.get(id) ?? 'answer_invalid'] as const));
}

function reasonFor(isInput: boolean, part: string | undefined): string {
  if (!isInput) return 'attachments are not compared';
  return part === undefined
    ? 'remarks and charts are not compared'
    : 'its text is not among the paragraphs that are compared';
}

/** Failed calls are reasons by themselves; what their answers have left out is told here. */
function problemsOf(context: StageContext): Problem[] {
  const missing = ClassifyOutput.safeParse(context.earlier('classify')).data?.missing ?? [];
  if (missing.length === 0) return [];
  return [
    {
      code: 'answer_invalid',
      message:
        'The model has left out changes that it was asked about, twice. They are in the redline and listed as not judged; resume the task to ask again.',
      details: { changes: missing.length },
    },
  ];
}
