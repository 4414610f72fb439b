import type { ChildrenStage, ModelStage, Workflow } from './definition.ts';

/** The stage whose plan a person approves: the first that asks, or has tasks ask, and is not preliminary. */
export function approvedStageOf({ stages }: Workflow): ModelStage | ChildrenStage | undefined {
  const asking = stages.filter((stage) => stage.kind !== 'code');
  return (
    asking.find((stage) => stage.kind === 'children' || stage.isPreliminary !== true) ?? asking[0]
  );
}
