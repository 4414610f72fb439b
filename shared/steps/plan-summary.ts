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
import type { Workflow } from '#shared/workflows/definition.ts';
import { inputTokensOf } from './calls/attempt.ts';
import { firstProfile } from './first-profile.ts';
import { requireJson } from './json-objects.ts';
import { loadPlan } from './stage-files.ts';
import { type FindWorkflow, requireWorkflow } from './task-state.ts';

/** What the first model stage will ask, and the most that it can cost at the provider that is tried first. */
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
  const stage = approvedStageOf(workflow)?.name ?? '';
  const plan = await loadPlan(ports.objects, { taskId, stage, round: 0 });
  const documents: PlanSummary['documents'] = [];
  for (const { documentId } of inputs) {
    const key = objectKeys.document(taskId, documentId);
    const { units } = await requireJson(ports.objects, key, Document);
    documents.push({ documentId, units: units.length });
  }
  const profile = firstProfile(ports.profiles, task);
  return {
    documents,
    stage,
    stages: stages.map(({ title }) => title),
    calls: plan?.calls.length ?? 0,
    ...(await proposalsOf(ports, task, workflow)),
    ...worstCaseOf(plan?.calls ?? [], profile),
    ...(profile === undefined ? {} : { provider: profile.name }),
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
