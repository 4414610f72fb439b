import { answerQuestions } from './answer-questions/workflow.ts';
import type { Workflow } from './definition.ts';
import { summarize } from './summarize/workflow.ts';

/** Every workflow of this release. */
export const workflows: readonly Workflow[] = [summarize, answerQuestions];

export function findWorkflow(id: string): Workflow | undefined {
  return workflows.find((workflow) => workflow.id === id);
}
