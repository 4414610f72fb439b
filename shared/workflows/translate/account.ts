import type { DocumentId, UnitId } from '#shared/domain/ids.ts';
import type { Account, StageContext, TrackedUnit, UnitFate } from '../definition.ts';
import { gapsIn, problemsOf } from './gaps.ts';
import { type DeliveredSegment, deliveredDocuments } from './ledger.ts';
import { TranslateParams } from './params.ts';
import { segmentsIn } from './segments.ts';

/**
 * The ledger by segments: used where it is translated into every language, failed where one of them is missing. The task is not whole either
 * while a translation lacks a term that the user's glossary fixes.
 */
export function accountOf(context: StageContext): Account {
  const tracked = new Map<DocumentId, readonly TrackedUnit[]>();
  const fates = new Map<UnitId, UnitFate>();
  const delivered = deliveredDocuments(context);
  for (const { document, segments } of delivered) {
    tracked.set(
      document.id,
      segments.map(({ id, place }) => ({ unitId: id, place })),
    );
    for (const segment of segments) fates.set(segment.id, fateOf(segment));
  }
  const { glossaryId } = segmentsIn(context);
  for (const { id, units } of context.documents) {
    if (id === glossaryId) for (const unit of units) fates.set(unit.id, { state: 'used' });
  }
  const { languages } = TranslateParams.parse(context.params);
  return { tracked, fates, problems: problemsOf(gapsIn(delivered, languages)) };
}

function fateOf({ kept, texts }: DeliveredSegment): UnitFate {
  if (kept !== undefined) return { state: 'skipped', reason: kept };
  const isFailed = Object.values(texts).some(({ state }) => state === 'failed');
  return isFailed ? { state: 'failed', code: 'answer_invalid' } : { state: 'used' };
}
