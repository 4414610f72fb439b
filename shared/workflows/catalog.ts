import { compareContracts } from './compare-contracts/workflow.ts';
import type { Workflow } from './definition.ts';
import { summarize } from './summarize/workflow.ts';

/** Every workflow of this release. */
export const workflows: readonly Workflow[] = [summarize, compareContracts];

export function findWorkflow(id: string): Workflow | undefined {
  return workflows.find((workflow) => workflow.id === id);
}
