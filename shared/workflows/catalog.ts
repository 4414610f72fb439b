import { answerQuestions } from './answer-questions/workflow.ts';
import { compareContracts } from './compare-contracts/workflow.ts';
import type { Workflow } from './definition.ts';
import { extractTable } from './extract-table/workflow.ts';
import { minutes } from './minutes/workflow.ts';
import { summarize } from './summarize/workflow.ts';
import { translate } from './translate/workflow.ts';

/** Every workflow of this release. */
export const workflows: readonly Workflow[] = [
  summarize,
  extractTable,
  compareContracts,
  translate,
  answerQuestions,
  minutes,
];

export function findWorkflow(id: string): Workflow | undefined {
  return workflows.find((workflow) => workflow.id === id);
}
