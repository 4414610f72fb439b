import type { PlannedChild, PlanSummary } from '#shared/domain/approval.ts';
import type { Estimate } from '#shared/domain/estimate.ts';
import { type Artifact, childTaskIdsOf, isEnded, type Task } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import { noUsage, type UsageTotals } from '#shared/domain/usage.ts';

/** The body of `GET /v1/tasks/{id}`: what an operator or a program wants to know of a task. */
export type TaskView = Readonly<Record<string, unknown>>;

/** Makes the public view of a task. `isSimulated`: its answers come from the built-in simulator, and the view says so. */
export function viewTask(
  task: Task,
  options: {
    readonly isSimulated: boolean;
    /** Its children as they are stored now; without them, only what the task itself knows of them is shown. */
    readonly children?: readonly Task[];
  },
): TaskView {
  const { budget } = task;
  return {
    taskId: task.taskId,
    workflow: { id: task.workflowId, version: task.workflowVersion },
    status: task.status,
    ...('stage' in task && task.stage !== undefined ? { stage: task.stage } : {}),
    ...(options.isSimulated ? { simulated: true } : {}),
    progress: progressOf(task, options.children),
    inputs: task.inputs.map(({ documentId, name, sizeInBytes }) => ({
      documentId,
      name,
      sizeInBytes,
    })),
    params: task.params,
    options: task.options,
    budget: {
      limitUsd: usd(budget.limitInMicroUsd),
      spentUsd: usd(budget.spentInMicroUsd),
      reservedUsd: usd(budget.reservedInMicroUsd),
    },
    usage: viewUsage(
      isEnded(task) ? task.usage : { ...noUsage, costInMicroUsd: budget.spentInMicroUsd },
    ),
    ...(task.estimate === undefined ? {} : { estimate: viewEstimate(task.estimate) }),
    ...endOf(task),
    ...approvalOf(task),
    ...familyOf(task, options.children),
    timeline: task.timeline.map(({ atInMs, event }) => ({ at: isoOf(atInMs), event })),
    createdAt: isoOf(task.createdAtInMs),
    deadlineAt: isoOf(task.deadlineAtInMs),
    ...('startedAtInMs' in task && task.startedAtInMs !== undefined
      ? { startedAt: isoOf(task.startedAtInMs) }
      : {}),
    ...(isEnded(task) ? { endedAt: isoOf(task.endedAtInMs) } : {}),
    run: task.run,
    ...(task.traceId === undefined ? {} : { traceId: task.traceId }),
    links: { self: `/v1/tasks/${task.taskId}` },
  };
}

/** Usage for people and programs: exact micro-dollars, and dollars to read. */
export function viewUsage(totals: UsageTotals) {
  return { ...totals, costUsd: usd(totals.costInMicroUsd) };
}

/** An estimate for people and programs: whole calls and tokens, dollars, minutes to one decimal. */
export function viewEstimate({ costInMicroUsd, minutes, ...estimate }: Estimate) {
  const { low, expected, high } = costInMicroUsd;
  return {
    ...estimate,
    costUsd: { low: usd(low), expected: usd(expected), high: usd(high) },
    minutes: {
      low: Math.floor(minutes.low * 10) / 10,
      expected: Math.round(minutes.expected * 10) / 10,
      high: Math.ceil(minutes.high * 10) / 10,
    },
  };
}

function endOf(task: Task) {
  switch (task.status) {
    case 'SUCCEEDED':
    case 'PARTIAL':
      return {
        coverage: task.coverage,
        artifacts: viewArtifacts(task, task.artifacts),
        ...(task.status === 'PARTIAL' ? { reasons: task.reasons } : {}),
      };
    case 'FAILED':
      return { artifacts: [], error: task.error };
    case 'RUNNING':
      return { artifacts: viewArtifacts(task, artifactsOf(task)) };
    case 'QUEUED':
    case 'CANCELLED':
      return { artifacts: [] };
  }
}

/** Files of a task that its owner may have: what was delivered, or the draft while a person looks at it. */
export function artifactsOf(task: Task): readonly Artifact[] {
  if (isEnded(task)) return 'artifacts' in task ? task.artifacts : [];
  const isShown = task.status === 'RUNNING' && task.approval?.what === 'final';
  return isShown ? (task.drafts ?? []) : [];
}

function viewArtifacts({ taskId, status }: Task, artifacts: readonly Artifact[]) {
  return artifacts.map((artifact) => ({
    ...artifact,
    ...(status === 'RUNNING' ? { draft: true } : {}),
    href: `/v1/tasks/${taskId}/artifacts/${artifact.name}`,
  }));
}

/** What a person was asked and what was decided. An approval that was open when the task ended can be answered no more. */
function approvalOf(task: Task) {
  const { approval, inputs } = task;
  if (approval === undefined) return {};
  const { what, state, askedAtInMs, expiresAtInMs, decidedAtInMs, comment, plan } = approval;
  const isWithdrawn = state === 'open' && isEnded(task);
  return {
    approval: {
      what,
      state: isWithdrawn ? 'withdrawn' : state,
      askedAt: isoOf(askedAtInMs),
      expiresAt: isoOf(expiresAtInMs),
      ...(decidedAtInMs === undefined ? {} : { decidedAt: isoOf(decidedAtInMs) }),
      ...(comment === undefined ? {} : { comment }),
      ...(plan === undefined ? {} : { plan: viewPlan(plan, inputs) }),
    },
  };
}

/** The task that it is part of, or those that are part of it. Of a child that was started anew over other files, the newest counts. */
function familyOf(task: Task, stored: readonly Task[] = []) {
  const { origin, children } = task;
  if (origin?.kind === 'task') {
    return { parent: { taskId: origin.parentTaskId, childId: origin.childId } };
  }
  if (children === undefined) return {};
  const newest = new Map(children.map((child) => [child.childId, child.taskId]));
  return {
    children: childTaskIdsOf(task).flatMap((taskId) => {
      const child = children.find((each) => each.taskId === taskId);
      if (child === undefined) return [];
      const found = stored.find((each) => each.taskId === taskId);
      return [
        {
          childId: child.childId,
          taskId,
          workflow: child.workflowId,
          why: child.why,
          ...(found === undefined ? {} : standingOf(found)),
          ...(newest.get(child.childId) === taskId ? {} : { isReplaced: true }),
          href: `/v1/tasks/${taskId}`,
        },
      ];
    }),
  };
}

function standingOf(child: Task) {
  const { status, budget } = child;
  return {
    status,
    progress: progressOf(child),
    spentUsd: usd(budget.spentInMicroUsd),
  };
}

function viewPlan({ maxCostInMicroUsd, children, ...plan }: PlanSummary, inputs: Task['inputs']) {
  const names = new Map(inputs.map(({ documentId, name }) => [documentId, name]));
  return {
    ...plan,
    documents: plan.documents.map((each) => ({ ...each, name: names.get(each.documentId) })),
    maxCostUsd: usd(maxCostInMicroUsd),
    ...(children === undefined ? {} : { children: children.map(viewPlannedChild) }),
  };
}

function viewPlannedChild({ costInMicroUsd, workflowId, ...child }: PlannedChild) {
  if (costInMicroUsd === undefined) return { ...child, workflow: workflowId };
  const { low, expected, high } = costInMicroUsd;
  const costUsd = { low: usd(low), expected: usd(expected), high: usd(high) };
  return { ...child, workflow: workflowId, costUsd };
}

/**
 * The calls of a task with those of its children, and the share of them that has ended; later stages plan theirs when they begin, so it is full
 * only at the end.
 */
function progressOf(task: Task, children: readonly Task[] = []) {
  const all = [task, ...children];
  const callsPlanned = all.reduce((sum, each) => sum + each.callsPlanned, 0);
  const callsEnded = all.reduce((sum, each) => sum + each.callsEnded, 0);
  const share = callsPlanned === 0 ? 0 : Math.floor((callsEnded / callsPlanned) * 100);
  return { callsPlanned, callsEnded, percent: isEnded(task) ? 100 : Math.min(99, share) };
}

function usd(amountInMicroUsd: number): number {
  return amountInMicroUsd / 1_000_000;
}
