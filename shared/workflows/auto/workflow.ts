import { DocumentFormat } from '#shared/domain/document.ts';
import type { Workflow } from '../definition.ts';
import { accountOfTasks } from './account.ts';
import { decomposeStage } from './decompose.ts';
import { estimateTasks } from './estimate.ts';
import { autoParams } from './params.ts';
import { renderTasks } from './render.ts';
import { tasksStage } from './tasks.ts';

/** Carries out a free-form instruction with the other workflows, each part as a task of its own under one budget. */
export function createAuto(workflows: readonly Workflow[]): Workflow {
  return {
    id: 'auto',
    version: 1,
    title: 'Carry out an instruction',
    description:
      'Carries out an instruction in your own words: the model plans which workflows run over which documents, program checks the plan, each part runs as a task of its own under one budget, and the results come back together. What no workflow does is refused or named.',
    acceptedFormats: DocumentFormat.options,
    maxDocuments: 200,
    params: autoParams(workflows),
    stages: [decomposeStage(workflows), tasksStage(workflows)],
    artifacts: [
      { name: 'report.docx', format: 'docx' },
      { name: 'report.md', format: 'markdown' },
    ],
    account: accountOfTasks,
    render: renderTasks,
    estimateRest: estimateTasks,
  };
}
