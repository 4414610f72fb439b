import { createInterface } from 'node:readline';
import type { PlanSummary } from '#shared/domain/approval.ts';
import { formatUsd } from '#shared/domain/cost.ts';
import { problemOf } from '#shared/domain/errors.ts';
import type { RunningTask, Task } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import type { LocalRuntime } from '#shared/runtime/local.ts';

type Prompted = Pick<LocalRuntime, 'decideApproval'>;

/** Asks whoever sits in front of a task of this process: on standard error, answered by a line of standard input. */
export interface ApprovalPrompt {
  /** Whether the task waits for a person; the first time, the person is asked. */
  show(task: Task): boolean;
  end(): void;
}

export function createApprovalPrompt(runtime: Prompted, data: string | undefined): ApprovalPrompt {
  let askedAtInMs: number | undefined;
  let close: () => void = () => undefined;
  return {
    show(task) {
      if (task.status !== 'RUNNING' || task.approval?.state !== 'open') return false;
      if (askedAtInMs === task.approval.askedAtInMs) return true;
      askedAtInMs = task.approval.askedAtInMs;
      close();
      close = ask(runtime, task, data);
      return true;
    },
    end: () => close(),
  };
}

/** Asks until the answer is yes or no. Without a terminal a pipe can answer; where it ends, somebody has to answer elsewhere. */
function ask(runtime: Prompted, task: RunningTask, data: string | undefined): () => void {
  const lines = createInterface({ input: process.stdin, terminal: false });
  let isAnswered = false;
  const prompt = () => process.stderr.write(`\n${questionOf(task)} [y/n] `);
  prompt();
  lines.on('line', (line) => {
    const decision = { y: 'approve', n: 'reject' }[line.trim().toLowerCase().slice(0, 1)];
    if (decision === undefined) {
      prompt();
      return;
    }
    isAnswered = true;
    lines.close();
    runtime.decideApproval(task, { decision }).catch((error: unknown) => {
      process.stderr.write(`quire: ${problemOf(error).message}\n`);
    });
  });
  lines.on('close', () => {
    if (!isAnswered) process.stderr.write(`\n${elsewhere(task, data)}\n`);
  });
  return () => {
    isAnswered = true;
    lines.close();
  };
}

function questionOf({ approval, drafts = [] }: RunningTask): string {
  const plan = approval?.plan;
  if (plan === undefined) return `Deliver the draft (${drafts.length} files)?`;
  const units = plan.documents.reduce((sum, each) => sum + each.units, 0);
  return [
    `${plan.documents.length} documents, ${units} units · ${plan.stages.join(', ')}`,
    ...proposalLines(plan.proposals ?? []),
    ...(plan.children === undefined ? [firstCalls(plan)] : childCosts(plan)),
    'Go on with this plan?',
  ].join('\n');
}

const maxProposals = 40;

/** What a first look at the documents has found, for example columns of a table. */
function proposalLines(proposals: readonly string[]): string[] {
  if (proposals.length === 0) return [];
  const more = proposals.length - maxProposals;
  const shown = proposals.slice(0, maxProposals).map((each) => `  ${each}`);
  return ['Proposed:', ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function firstCalls(plan: PlanSummary): string {
  const at = plan.provider === undefined ? '' : ` at ${plan.provider}`;
  return `First ${plan.calls} calls, at most ${plan.maxInputTokens} tokens in, ${plan.maxOutputTokens} out, ${formatUsd(plan.maxCostInMicroUsd)}${at}; what follows depends on the answers.`;
}

function childCosts({ children = [], maxCostInMicroUsd }: PlanSummary): string[] {
  const known = children.flatMap(({ childId, calls, costInMicroUsd }) =>
    calls === undefined || costInMicroUsd === undefined
      ? []
      : [
          `${childId}: about ${Math.round(calls.expected)} calls, ${formatUsd(costInMicroUsd.low)} to ${formatUsd(costInMicroUsd.high)}`,
        ],
  );
  return [
    ...known,
    `All tasks together at most ${formatUsd(maxCostInMicroUsd)}, the budget that is left.`,
  ];
}

function elsewhere({ taskId, approval }: RunningTask, data: string | undefined): string {
  const until = approval === undefined ? '' : ` until ${isoOf(approval.expiresAtInMs)}`;
  const how =
    data === undefined
      ? 'answer y or n on standard input, or keep the state with --data DIR'
      : `stop this command with SIGTERM, start quire serve --data ${data}, and run quire approve ${taskId}`;
  return `The task waits${until} for an approval, and standard input has ended: ${how}.`;
}
