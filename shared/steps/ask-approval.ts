import * as z from 'zod';
import {
  type Approval,
  ApprovalKind,
  defaultApprovalTimeoutInMinutes,
} from '#shared/domain/approval.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { Delivery, deliveryStage } from './delivery.ts';
import { requireJson } from './json-objects.ts';
import { summarizePlan } from './plan-summary.ts';
import type { Step } from './step.ts';
import { type FindWorkflow, requireRunningTask } from './task-state.ts';

const AskApprovalInput = z.object({ taskId: TaskId, what: ApprovalKind, taskToken: z.string() });

export interface AskApprovalPorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly findWorkflow: FindWorkflow;
  /** In the order in which they are tried. */
  readonly profiles: readonly ProviderProfile[];
  /** Tells the outside that a person is waited for, where there is anybody to tell. */
  readonly events?: EventBus | undefined;
}

/**
 * Asks a person, and ends: the machine waits for the token to come back. Run again, it puts the new token in the place of the former one
 * and asks no second time. The token is kept before the question can be answered, so that no answer finds none.
 */
export function createAskApproval(
  ports: AskApprovalPorts,
): Step<z.infer<typeof AskApprovalInput>, { readonly what: ApprovalKind }> {
  return {
    input: AskApprovalInput,
    async run({ taskId, what, taskToken: token }) {
      const task = await requireRunningTask(ports.tasks, taskId);
      const { run } = task;
      const askedAtInMs = ports.clock.now();
      const minutes = task.options.approvalTimeoutMinutes ?? defaultApprovalTimeoutInMinutes;
      const approval: Approval = {
        what,
        state: 'open',
        askedAtInMs,
        expiresAtInMs: askedAtInMs + minutes * 60_000,
        asks: 1,
        ...(what === 'plan' ? { plan: await summarizePlan(ports, task) } : {}),
      };
      const drafts = what === 'final' ? { drafts: await draftsOf(ports, task) } : {};
      await ports.tasks.putApprovalToken({ taskId, run, what, token, createdAtInMs: askedAtInMs });
      const event = `Waiting for approval: ${what}`;
      const asked = await ports.tasks.askApproval(taskId, { run, approval, event, ...drafts });
      if (asked === undefined) throw superseded(taskId);
      await announce(ports, task, asked.approval ?? approval);
      return { what };
    },
  };
}

async function draftsOf({ objects }: AskApprovalPorts, { taskId }: RunningTask) {
  const key = objectKeys.stageOutput(taskId, deliveryStage);
  return (await requireJson(objects, key, Delivery)).artifacts;
}

/** Best effort: who asks for the task sees that it waits, whether or not the event has come through. */
async function announce(
  { events, logger }: AskApprovalPorts,
  { taskId, tenantId, workflowId, run }: RunningTask,
  { what, askedAtInMs }: Approval,
): Promise<void> {
  const event = {
    // The same for every time that this approval is asked.
    eventId: `${taskId}-approval-${what}-${askedAtInMs}`,
    kind: 'Waiting For Approval' as const,
    ...{ taskId, tenantId, workflowId, run },
    atInMs: askedAtInMs,
    stage: what,
  };
  await events?.publish([event]).catch(() => {
    logger.warn('event-unpublished', { taskId, kind: event.kind });
  });
}

function superseded(taskId: TaskId): QuireError {
  return new QuireError(
    'run_superseded',
    'Expected the task to wait for an approval; it has ended or another run has it.',
    { details: { taskId } },
  );
}
