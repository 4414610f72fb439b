import type { Workflow } from './definition.ts';
import { minutes } from './minutes/workflow.ts';
import { summarize } from './summarize/workflow.ts';

/** Every workflow of this release. */
export const workflows: readonly Workflow[] = [summarize, minutes];

export function findWorkflow(id: string): Workflow | undefined {
  return workflows.find((workflow) => workflow.id === id);
}
