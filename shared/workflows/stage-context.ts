import type { EditView } from '#shared/domain/edit-view.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { StageContext } from './definition.ts';

/** Makes the context of a stage from what the task holds. */
export function createStageContext(
  held: Omit<StageContext, 'unit' | 'earlier' | 'editViewOf'> & {
    readonly outputs: ReadonlyMap<string, unknown>;
    readonly editViews: ReadonlyMap<DocumentId, EditView>;
  },
): StageContext {
  const { outputs, editViews, ...context } = held;
  const units = new Map(
    context.documents.flatMap((document) => document.units.map((unit) => [unit.id, unit] as const)),
  );
  return {
    ...context,
    unit: (unitId) => units.get(unitId),
    earlier: (stage) => outputs.get(stage),
    editViewOf: (documentId) => editViews.get(documentId) ?? { kind: 'none' },
  };
}
