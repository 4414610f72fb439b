import { answerQuestions } from './answer-questions/workflow.ts';
import { createAuto } from './auto/workflow.ts';
import { compareContracts } from './compare-contracts/workflow.ts';
import type { Workflow } from './definition.ts';
import { extractTable } from './extract-table/workflow.ts';
import { minutes } from './minutes/workflow.ts';
import { summarize } from './summarize/workflow.ts';
import { translate } from './translate/workflow.ts';

/** The workflows that a deployment, or a process on one machine, knows. */
export interface Catalog {
  readonly workflows: readonly Workflow[];
  readonly findWorkflow: (id: string) => Workflow | undefined;
}

/** Every workflow of this release, and behind them what a user has defined. */
export function createCatalog(userDefined: readonly Workflow[] = []): Catalog {
  const others: readonly Workflow[] = [
    summarize,
    extractTable,
    compareContracts,
    translate,
    answerQuestions,
    minutes,
    ...userDefined,
  ];
  // Plans may use every other workflow, a user's own too, but for those at which a person is to look.
  const plannable = others.filter(({ approval }) => approval === undefined);
  const all: readonly Workflow[] = [...others, createAuto(plannable)];
  return { workflows: all, findWorkflow: (id) => all.find((workflow) => workflow.id === id) };
}

export const { workflows, findWorkflow } = createCatalog();
