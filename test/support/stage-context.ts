import type { Document } from '#shared/domain/document.ts';
import type { EditView } from '#shared/domain/edit-view.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { StageContext } from '#shared/workflows/definition.ts';
import { createStageContext } from '#shared/workflows/stage-context.ts';

/** Context of a stage over documents that no task holds. Outputs may be added to their map as a test goes on. */
export function stageContextOf(held: {
  readonly params?: unknown;
  readonly documents?: readonly Document[];
  readonly outputs?: ReadonlyMap<string, unknown>;
  readonly editViews?: ReadonlyMap<DocumentId, EditView>;
}): StageContext {
  const { params = {}, documents = [], outputs = new Map(), editViews = new Map() } = held;
  return createStageContext({
    params,
    submittedAt: '2026-11-21T12:00:00.000Z',
    documents,
    outputs,
    editViews,
  });
}
