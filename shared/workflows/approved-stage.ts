import type { ModelStage, Workflow } from './definition.ts';

/** The stage whose plan a person approves: the first that asks and is not preliminary. */
export function approvedStageOf({ stages }: Workflow): ModelStage | undefined {
  const asking = stages.filter((stage) => stage.kind === 'model');
  return asking.find(({ isPreliminary }) => isPreliminary !== true) ?? asking[0];
}
