import type { DocumentReader } from '#shared/ports/document-reader.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { type AskApprovalPorts, createAskApproval } from '#shared/steps/ask-approval.ts';
import { createAssembleAnswers } from '#shared/steps/assemble-answers.ts';
import { createAwaitAnswers } from '#shared/steps/await-answers.ts';
import type { CallLayerPorts } from '#shared/steps/calls/call-layer.ts';
import { createCloseTask } from '#shared/steps/close-task.ts';
import { createFailTask } from '#shared/steps/fail-task.ts';
import { createOpenTask } from '#shared/steps/open-task.ts';
import { createPlanCalls } from '#shared/steps/plan-calls.ts';
import { createReadDocument } from '#shared/steps/read-document.ts';
import { createRender } from '#shared/steps/render.ts';
import { createRunCalls } from '#shared/steps/run-calls.ts';
import { createRunChildren } from '#shared/steps/run-children.ts';
import { createRunCode } from '#shared/steps/run-code.ts';
import { handlerOf, type StepHandler } from '#shared/steps/step.ts';
import type { FindWorkflow } from '#shared/steps/task-state.ts';
import type { EndSubscriber } from '#shared/steps/tasks/announce-end.ts';
import type { Spending } from '#shared/steps/tasks/spending.ts';
import type { Tell } from '#shared/steps/tell.ts';
import type { StepName } from '#shared/workflows/step-names.ts';

/** Every step over the same ports, for a runner in one process. In AWS each function builds its own step (`runtime/aws`). */
export function createStepHandlers(
  ports: CallLayerPorts &
    AskApprovalPorts & {
      readonly documentReader: DocumentReader;
      readonly findWorkflow: FindWorkflow;
      readonly callsPerWorker: number;
      readonly engine: Pick<WorkflowEngine, 'answer' | 'start'>;
      readonly spending?: Spending | undefined;
      readonly tell: Tell;
      readonly publishEnd: EndSubscriber;
    },
): Record<StepName, StepHandler> {
  return {
    'open-task': handlerOf(createOpenTask(ports)),
    'read-document': handlerOf(createReadDocument(ports)),
    'plan-calls': handlerOf(createPlanCalls(ports)),
    'ask-approval': handlerOf(createAskApproval(ports)),
    'run-calls': handlerOf(createRunCalls(ports)),
    'await-answers': handlerOf(createAwaitAnswers(ports)),
    'assemble-answers': handlerOf(createAssembleAnswers(ports)),
    'run-code': handlerOf(createRunCode(ports)),
    'run-children': handlerOf(createRunChildren(ports)),
    render: handlerOf(createRender(ports)),
    'close-task': handlerOf(createCloseTask(ports)),
    'fail-task': handlerOf(createFailTask(ports)),
  };
}
