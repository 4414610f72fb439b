import type { StageContext } from './definition.ts';

/** Makes the context of a stage from what the task holds. */
export function createStageContext(
  held: Omit<StageContext, 'unit' | 'earlier'> & { readonly outputs: ReadonlyMap<string, unknown> },
): StageContext {
  const { outputs, ...context } = held;
  const units = new Map(
    context.documents.flatMap((document) => document.units.map((unit) => [unit.id, unit] as const)),
  );
  return {
    ...context,
    unit: (unitId) => units.get(unitId),
    earlier: (stage) => outputs.get(stage),
  };
}
