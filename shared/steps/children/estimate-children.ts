import type { PlannedChild } from '#shared/domain/approval.ts';
import type { Document } from '#shared/domain/document.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import type { ChildSpec } from '#shared/workflows/definition.ts';
import { createStageContext } from '#shared/workflows/stage-context.ts';
import { estimateTask } from '../estimate.ts';
import type { FindWorkflow } from '../task-state.ts';

/** The children of a plan for whoever approves it, each with what it will take as far as that can be told from the parsed documents. */
export function plannedChildren(
  { findWorkflow, profile }: { findWorkflow: FindWorkflow; profile: ProviderProfile | undefined },
  specs: readonly ChildSpec[],
  facts: { readonly task: RunningTask; readonly documents: readonly Document[] },
): PlannedChild[] {
  return specs.map((spec) => {
    const workflow = findWorkflow(spec.workflowId);
    const estimate =
      workflow === undefined || profile === undefined
        ? undefined
        : tryEstimate(() =>
            estimateTask(
              workflow,
              contextOf(spec, workflow.params.parse(spec.params), facts),
              profile,
            ),
          );
    // What is rewritten in place was not read for it, nor what another child is still to deliver.
    const isKnown =
      workflow?.editView !== 'segments' && spec.inputs.every((input) => 'documentId' in input);
    return {
      childId: spec.childId,
      workflowId: spec.workflowId,
      inputs: spec.inputs.map((input) =>
        'documentId' in input ? input.documentId : `${input.childId}/${input.artifact}`,
      ),
      why: spec.why,
      ...(estimate === undefined || !isKnown
        ? {}
        : { calls: estimate.calls, costInMicroUsd: estimate.costInMicroUsd }),
    };
  });
}

function contextOf(
  spec: ChildSpec,
  params: unknown,
  { task, documents }: { readonly task: RunningTask; readonly documents: readonly Document[] },
) {
  const wanted = spec.inputs.flatMap((input) => ('documentId' in input ? [input.documentId] : []));
  return createStageContext({
    params,
    submittedAt: isoOf(task.createdAtInMs),
    documents: documents.filter(({ id }) =>
      wanted.some((documentId) => id === documentId || id.startsWith(`${documentId}a`)),
    ),
    editViews: new Map(),
    outputs: new Map(),
  });
}

/** What a workflow cannot plan from these documents alone is shown without an estimate, and fails when it runs. */
function tryEstimate<Result>(estimate: () => Result): Result | undefined {
  try {
    return estimate();
  } catch {
    return undefined;
  }
}
