import type { UnitId } from '#shared/domain/ids.ts';
import type { Account, StageContext, UnitFate } from '../definition.ts';
import { inputsOf } from './inputs.ts';
import { ResolveOutput } from './schemas.ts';
import { turnsOf } from './turns.ts';

/**
 * The fate of units that no call carries: those of templates and the agenda, and noises. The task is not whole while a sentence that may be a
 * decision or an action is not accounted for.
 */
export function accountOfMinutes(context: StageContext): Account {
  const { templates, transcripts } = inputsOf(context);
  const { turns } = turnsOf(context);
  const fates = new Map<UnitId, UnitFate>();
  const transcriptIds = new Set(transcripts.map(({ id }) => id));
  for (const document of context.documents) {
    if (transcriptIds.has(document.id)) continue;
    const isTemplate = templates.some(
      ({ id }) => document.id === id || document.id.startsWith(`${id}a`),
    );
    const fate: UnitFate = isTemplate
      ? { state: 'skipped', reason: 'part of the template' }
      : { state: 'used' };
    for (const { id } of document.units) fates.set(id, fate);
  }
  for (const unitId of onlyNoise(turns)) {
    fates.set(unitId, { state: 'skipped', reason: 'a sound, no words' });
  }
  const open = ResolveOutput.parse(context.earlier('resolve')).unaccounted.length;
  if (open === 0) return { fates };
  const message = `Expected the model to account for every sentence that may be a decision or an action; for ${open} it did not. They are listed in the minutes.`;
  return { fates, problems: [{ code: 'answer_invalid', message, details: { sentences: open } }] };
}

function onlyNoise(turns: ReturnType<typeof turnsOf>['turns']): UnitId[] {
  const spoken = new Set(
    turns.filter(({ isFiller }) => isFiller !== true).flatMap(({ unitIds }) => unitIds),
  );
  return turns
    .filter(({ isFiller }) => isFiller === true)
    .flatMap(({ unitIds }) => unitIds)
    .filter((unitId) => !spoken.has(unitId));
}
