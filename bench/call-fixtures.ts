import * as z from 'zod';
import { openBudget } from '#shared/domain/budget.ts';
import { CallSpec } from '#shared/domain/call.ts';
import { callIdOf, documentIdOf, TenantId } from '#shared/domain/ids.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { ModelStage, StageContext } from '#shared/workflows/definition.ts';
import { createStageContext } from '#shared/workflows/stage-context.ts';

/** A stage that takes any answer: what is measured is the layer, not a workflow. */
export const trivialStage: ModelStage = {
  kind: 'model',
  name: 'bench',
  title: 'Bench',
  tracksCoverage: false,
  isAdvisory: false,
  maxRounds: 1,
  plan: () => [],
  answer: z.object({ ok: z.boolean() }),
  check: () => [],
  assemble: () => ({ output: null, isComplete: true }),
};

export const stageContext: StageContext = createStageContext({
  params: {},
  submittedAt: '2026-11-21T12:00:00.000Z',
  documents: [],
  outputs: new Map(),
  editViews: new Map(),
});

export function callSpecs(count: number): CallSpec[] {
  return Array.from({ length: count }, (_, index) =>
    CallSpec.parse({
      callId: callIdOf('bench', 0, index),
      prompt: 'bench@1',
      messages: [{ role: 'user', content: `Call ${index}` }],
      maxOutputTokens: 1_000,
      temperature: 0.3,
      unitIds: [],
      context: {},
    }),
  );
}

/** A model in this process that takes its time and nothing else. */
export function sleepingModel(
  latencyInMs: (index: number) => number,
  maxInFlight: number,
): LanguageModel {
  const { simulator } = providerProfiles;
  return {
    profile: { ...simulator, limits: { ...simulator.limits, maxInFlight } },
    keyId: async () => 'bench',
    async ask({ messages }) {
      const index = Number(messages[0]?.content.split(' ')[1]);
      await new Promise((resolve) => setTimeout(resolve, latencyInMs(index)));
      const usage = { inputTokens: 100, outputTokens: 50 };
      return {
        isAnswer: true,
        answer: {
          text: '{"ok":true}',
          finishReason: 'stop',
          usage,
          toolCalls: [],
          modelAnswered: 'MiniMax-M2.7',
          thinkingLength: 0,
        },
      };
    },
  };
}

/** A running task with a budget that never ends. */
export async function benchTask(tasks: TaskStore, ids: Ids): Promise<RunningTask> {
  const taskId = ids.taskId();
  await tasks.create({
    status: 'QUEUED',
    taskId,
    tenantId: TenantId.parse('local'),
    workflowId: 'bench',
    workflowVersion: 1,
    inputs: [
      { documentId: documentIdOf(1), name: 'bench.txt', objectKey: 'bench', sizeInBytes: 1 },
    ],
    params: {},
    options: {},
    requestHash: 'bench',
    createdAtInMs: Date.now(),
    deadlineAtInMs: Date.now() + 3_600_000,
    run: 1,
    budget: openBudget(1_000_000_000),
    callsPlanned: 0,
    callsEnded: 0,
    timeline: [],
  });
  const task = await tasks.begin(taskId, { run: 1, nowInMs: Date.now() });
  if (task?.status !== 'RUNNING') throw new Error('Expected the task of the bench to run.');
  return task;
}
