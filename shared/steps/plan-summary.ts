import * as z from 'zod';
import type { PlanSummary } from '#shared/domain/approval.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import { worstCaseCost } from '#shared/domain/cost.ts';
import { Document } from '#shared/domain/document.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import { approvedStageOf } from '#shared/workflows/approved-stage.ts';
import type { ChildrenStage, Workflow } from '#shared/workflows/definition.ts';
import { inputTokensOf } from './calls/attempt.ts';
import { plannedChildren } from './children/estimate-children.ts';
import { firstProfile } from './first-profile.ts';
import { requireJson } from './json-objects.ts';
import { loadPlan, loadStageContext } from './stage-files.ts';
import { type FindWorkflow, requireWorkflow } from './task-state.ts';

/** What the first model stage will ask, or which tasks it would start, and the most that it can cost at the provider that is tried first. */
export async function summarizePlan(
  ports: {
    readonly objects: ObjectStore;
    readonly findWorkflow: FindWorkflow;
    readonly profiles: readonly ProviderProfile[];
  },
  task: RunningTask,
): Promise<PlanSummary> {
  const { taskId, inputs } = task;
  const workflow = requireWorkflow(ports.findWorkflow, task);
  const { stages } = workflow;
  const approved = approvedStageOf(workflow);
  const stage = approved?.name ?? '';
  const documents: PlanSummary['documents'] = [];
  for (const { documentId } of inputs) {
    const key = objectKeys.document(taskId, documentId);
    const { units } = await requireJson(ports.objects, key, Document);
    documents.push({ documentId, units: units.length });
  }
  const profile = firstProfile(ports.profiles, task);
  const common = {
    documents,
    stage,
    stages: stages.map(({ title }) => title),
    ...(await proposalsOf(ports, task, workflow)),
    ...(profile === undefined ? {} : { provider: profile.name }),
  };
  if (approved?.kind === 'children') {
    return { ...common, ...(await childrenOf(ports, task, { workflow, stage: approved })) };
  }
  const plan = await loadPlan(ports.objects, { taskId, stage, round: 0 });
  const calls = plan?.calls ?? [];
  return { ...common, calls: calls.length, ...worstCaseOf(calls, profile) };
}

/** What children ask is told by their own plans, once they run; together they never take more than there is. */
async function childrenOf(
  ports: Parameters<typeof summarizePlan>[0],
  task: RunningTask,
  { workflow, stage }: { workflow: Workflow; stage: ChildrenStage },
) {
  const context = await loadStageContext(ports.objects, task, { workflow, stage: stage.name });
  const profile = firstProfile(ports.profiles, task);
  const around = { findWorkflow: ports.findWorkflow, profile };
  const { documents } = context;
  return {
    children: plannedChildren(around, stage.plan(context), { task, documents }),
    calls: 0,
    maxInputTokens: 0,
    maxOutputTokens: 0,
    maxCostInMicroUsd: Math.max(0, task.budget.availableInMicroUsd),
  };
}

/** What stages in front of the one that is approved have found, for example columns of a table. */
async function proposalsOf(
  { objects }: { readonly objects: ObjectStore },
  { taskId }: RunningTask,
  { stages }: Workflow,
): Promise<Pick<PlanSummary, 'proposals'>> {
  const proposals: string[] = [];
  for (const stage of stages) {
    if (stage.kind !== 'model' || stage.proposal === undefined) continue;
    const { output } = await requireJson(
      objects,
      objectKeys.stageOutput(taskId, stage.name),
      Output,
    );
    proposals.push(...stage.proposal(output));
  }
  return proposals.length === 0 ? {} : { proposals };
}
const Output = z.object({ output: z.unknown() });
/** One attempt of each call, as it is reserved for: repetitions and later stages come on top, and the budget bounds them all. */
function worstCaseOf(calls: readonly CallSpec[], profile: ProviderProfile | undefined) {
  const worst = calls.map((call) => ({
    inputTokens: inputTokensOf(call.messages) + (profile?.hiddenPromptTokens ?? 0),
    maxOutputTokens: Math.min(
      call.maxOutputTokens,
      profile?.maxOutputTokens ?? call.maxOutputTokens,
    ),
  }));
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  return {
    maxInputTokens: sum(worst.map(({ inputTokens }) => inputTokens)),
    maxOutputTokens: sum(worst.map(({ maxOutputTokens }) => maxOutputTokens)),
    maxCostInMicroUsd:
      profile === undefined ? 0 : sum(worst.map((each) => worstCaseCost(each, profile.price))),
  };
}
